"""What the suite and the contracts need before anything of theirs is imported."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

# For `tests.apps`. At the end, not with pytest's `pythonpath`, which goes to the front: pytest-xdist hands sys.path to
# its workers, and they would import the checkout where the installed wheel is to be tested.
_ROOT = str(Path(__file__).parent)
if _ROOT not in sys.path:
    sys.path.append(_ROOT)


def pytest_configure(config: pytest.Config) -> None:
    """Policy files of `contracts` need the reference servers; other runs start their own."""
    if config.pluginmanager.hasplugin("apiversion"):
        from tests.apps.embedded import start_for  # noqa: PLC0415  needs the path above

        start_for(config)
