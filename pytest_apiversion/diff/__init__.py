"""Compare two contracts; the rules are tables, one file an area of OpenAPI, in `rules/`."""
