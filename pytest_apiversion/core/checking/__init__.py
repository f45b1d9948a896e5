"""The seam between checks and the shell: what a check asks, what comes back, and what it says. Imports the rooms of values."""
