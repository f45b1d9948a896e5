"""Other processes: programs that are run, and ended with the one that asked for them.

May import: nothing of the shell.
"""
