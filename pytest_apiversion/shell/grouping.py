"""Keeps what is drawn once on one worker of pytest-xdist. Imported only where that spreads a run."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING, Any

from xdist.scheduler import LoadGroupScheduling  # type: ignore[import-untyped]

from pytest_apiversion.shell.flags import POLICY_FILES

if TYPE_CHECKING:
    import pytest


class DrawingScheduling(LoadGroupScheduling):  # type: ignore[misc]  # which has no types
    """`--dist loadgroup`, with the same operation of all versions of a policy file as a group.

    What the controlling process knows of an item is its node id: operations under one name are taken to be drawn alike.
    """

    def _split_scope(self, nodeid: str) -> str:
        file, _, rest = nodeid.partition("::")
        name = file.rpartition("/")[2]
        _, _, operation = rest.partition("::")
        if " " in operation and any(fnmatch.fnmatch(name, pattern) for pattern in POLICY_FILES):
            return f"{file}::{operation}"
        return str(super()._split_scope(nodeid))


def make_scheduler(config: pytest.Config, log: Any) -> DrawingScheduling | None:
    """The scheduler of `--dist loadgroup`; None for every other `--dist`, which xdist has its own for."""
    return DrawingScheduling(config, log) if config.getvalue("dist") == "loadgroup" else None
