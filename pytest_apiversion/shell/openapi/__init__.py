"""OpenAPI documents: read from files, upgraded, bundled, in canonical form, and as the contracts of `core`.

May import: texts, json_schema.
"""
