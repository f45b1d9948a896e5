"""Real frameworks and services, asked on a real socket: what they do with versions, as docs/reference/frameworks.md tells it."""
