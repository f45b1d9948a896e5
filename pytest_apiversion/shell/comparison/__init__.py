"""Two contracts held against each other: what changed, what a policy makes of it, what proves a break; and freezing.

May import: texts, json_schema, openapi, policy_file, target, compat, generation, transport.
"""
