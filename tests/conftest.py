"""What the suite leaves out where a library is too old for it, and how patient its own property tests are."""

from __future__ import annotations

from importlib import metadata

from hypothesis import settings

NEW = tuple(int(part) for part in metadata.version("schemathesis").split(".")[:2]) >= (4, 32)

# These drive the reference servers with schemathesis' own checks, in their present form. They test the servers, which
# are the same whatever schemathesis is; what tests the plugin runs everywhere.
collect_ignore_glob = [] if NEW else ["apps/test_*.py", "frameworks/test_contracts.py"]

# How long an example takes says how busy the machine is.
settings.register_profile("suite", settings.default, deadline=None)
settings.load_profile("suite")
