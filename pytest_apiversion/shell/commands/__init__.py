"""The `apiversion` command: a module for each sub-command that is more than a call.

May import: all of the above but pytest's side.
"""
