"""Test data: requests drawn from contracts, boundary values, violations, malformed versions, and their shrinking; asks nobody.

May import: texts, json_schema, openapi, target.
"""
