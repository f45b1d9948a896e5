"""A run as files for others: HTML, Markdown, SARIF and their kin, each from the values that the JSON report holds.

May import: texts.
"""
