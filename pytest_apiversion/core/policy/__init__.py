"""The policy file as values, and what follows from it alone. May import `contracts`, `versions` and `http`."""
