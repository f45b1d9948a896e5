"""The life of one thing: create, read, list, update, delete, in one version and across versions.

May import: generation, data, requests.
"""
