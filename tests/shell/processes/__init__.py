"""Processes end with whoever asked for them."""
