"""What the terminal says of a run."""
