"""Runs items: plans, has requests sent, has answers judged, shrinks and remembers failures, keeps the time.

May import: all of the above.
"""
