"""JSON values: pointers into them (RFC 6901), and the members that a JSON Schema names. Imports no other room."""
