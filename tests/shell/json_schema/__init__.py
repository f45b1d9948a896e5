"""Validators of read schemas."""
