"""pytest's side: hooks, options, collection, fixtures, workers of pytest-xdist. Nothing else imports it.

May import: all of the above but commands.
"""
