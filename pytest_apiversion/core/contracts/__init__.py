"""OpenAPI contracts as values: operations, resources, and what changed between two. Imports `json`, `http`."""
