"""JSON Schema: validators, formats and patterns, and what is wrong with a value in a sentence.

May import: texts.
"""
