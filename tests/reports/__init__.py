"""Findings in the reports that other plugins of pytest write: what they show of one is its message, what was expected, and where it was promised."""
