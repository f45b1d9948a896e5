"""The policy file: TOML in, a `Policy` out, or every mistake at once with its place.

May import: texts, openapi, catalogue.
"""
