"""Looks at a service with safe requests and writes the first policy file: documents, versions, carriers, refusals, errors, notices, keys.

May import: texts, the readers of documents and policies, the transport and the comparison.
"""
