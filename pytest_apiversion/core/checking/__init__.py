"""The seam between checks and the shell: the check, what it asks, what comes back, what it finds wrong. May import `policy` and what that may."""
