"""What the suite leaves out where a library is too old for it."""

from __future__ import annotations

from importlib import metadata

NEW = tuple(int(part) for part in metadata.version("schemathesis").split(".")[:2]) >= (4, 32)

# These drive the reference servers with schemathesis' own checks, in their present form. They test the servers, which
# are the same whatever schemathesis is; what tests the plugin runs everywhere.
collect_ignore_glob = [] if NEW else ["apps/test_*.py", "frameworks/test_contracts.py"]
