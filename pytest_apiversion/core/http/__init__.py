"""HTTP: messages, statuses, header fields, and where two responses differ. May import `json`."""
