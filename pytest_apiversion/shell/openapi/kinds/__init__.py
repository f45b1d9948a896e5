"""Of which kind the parts of a document are to be: a table, and what stands in one where something of another kind should."""
