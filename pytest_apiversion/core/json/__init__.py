"""JSON values: pointers to a place in one (RFC 6901), and the members a schema names there. Imports no other room."""
