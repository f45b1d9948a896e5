"""What a run is about: a policy, its frozen contracts, and the lock.

May import: texts, openapi, policy_file.
"""
