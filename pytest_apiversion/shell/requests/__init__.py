"""Requests built and sent: a drawn case, existing data, credentials and a version become an exchange.

May import: texts, openapi, target, generation, transport, comparison, data.
"""
