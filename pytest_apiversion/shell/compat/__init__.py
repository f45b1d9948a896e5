"""What is used of other packages beyond their documentation, one module a package; nothing else may (`tests/test_private_names.py`).

Such a name may go in any release. A run without it goes on in another way, or says which releases have it.

May import: nothing of the shell.
"""
