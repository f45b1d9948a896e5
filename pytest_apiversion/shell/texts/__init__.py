"""TOML, YAML and JSON texts read strictly, with a place for every mistake; files replaced whole; names that are near.

May import: nothing of the shell.
"""
