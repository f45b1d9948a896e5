"""What a policy file says, as values, and what follows from it alone. Imports `versions`, `contracts`, `http`, `json`."""
