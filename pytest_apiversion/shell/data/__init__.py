"""Existing data: identifiers found in answers, in the policy and in the contract, and which operations share it.

May import: openapi, generation.
"""
