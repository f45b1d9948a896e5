"""What the suite leaves out where a library is too old for it, and where its processes keep compiled modules."""

from __future__ import annotations

import os
import shutil
import tempfile
from importlib import metadata

import pytest

NEW = tuple(int(part) for part in metadata.version("schemathesis").split(".")[:2]) >= (4, 32)

# These drive the reference servers with schemathesis' own checks, in their present form. They test the servers, which
# are the same whatever schemathesis is; what tests the plugin runs everywhere.
collect_ignore_glob = [] if NEW else ["apps/test_*.py", "frameworks/test_contracts.py"]


def pytest_configure(config: pytest.Config) -> None:
    """Where Python may not write bytecode beside the sources, a folder of this run takes it.

    The workers and the runs that tests start import the same thousand modules; each would compile them anew, for a second and more.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        folder = os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="bytecode-")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
