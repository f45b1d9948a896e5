"""HTTP messages and the header fields that are read: media ranges, links, dates. Imports `json`."""
