"""The checks, carriers and dialects that there are, those a conftest.py adds included, and the policy's JSON Schema.

May import: texts.
"""
