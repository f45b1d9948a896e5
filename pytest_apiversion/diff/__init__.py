"""Compare two contracts; one file per rule in `rules/`."""
