"""OpenAPI contracts: operations, resources, and the changes between two documents. May import `http` and `json`."""
