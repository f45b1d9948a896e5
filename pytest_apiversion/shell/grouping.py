"""Keeps what is drawn once on one worker of pytest-xdist. Imported only where that spreads a run."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xdist.scheduler import LoadGroupScheduling  # type: ignore[import-untyped]

from pytest_apiversion.shell.flags import is_policy_file
from pytest_apiversion.shell.places import first_nouns
from pytest_apiversion.shell.upcoming import HANDED

if TYPE_CHECKING:
    import pytest

_OPERATION = re.compile(r"(?P<file>[^:]*)::[^:]*::(?P<name>[A-Z]+ (?P<path>/\S*).*)")
"""The node id of an item about an operation."""

_GROUPS = 2
"""Groups for each worker, at least, for resources to be groups."""


class DrawingScheduling(LoadGroupScheduling):  # type: ignore[misc]  # which has no types
    """`--dist loadgroup`, with an operation of all versions of a policy file in one group, beside the others of its resource.

    What the controlling process knows of an item is its node id: operations under one name are taken to be drawn alike.
    """

    def _split_scope(self, nodeid: str) -> str:
        found = _OPERATION.fullmatch(nodeid)
        if found is None or not _is_policy(found["file"]):
            return str(super()._split_scope(nodeid))
        return f"{found['file']}::{self._groups[found['name']]}"

    @cached_property
    def _groups(self) -> dict[str, str]:
        """By operation: the noun its path begins with, where there are enough of these for all workers, else its own name.

        Operations of one resource need the same things, so that workers which share it draw and create them twice.
        """
        found = [_OPERATION.fullmatch(nodeid) for nodeid in next(iter(self.registered_collections.values()))]
        paths = {each["name"]: each["path"] for each in found if each and _is_policy(each["file"])}
        nouns = first_nouns(paths.values())
        enough = len({*nouns.values()}) >= _GROUPS * len(self.nodes)
        return {name: nouns[path] if enough else name for name, path in paths.items()}

    def _reschedule(self, node: Any) -> None:
        """Hand a worker what it needs to begin items before their turn, as long as enough is left for all."""
        while self.workqueue and not node.shutting_down:
            scope, items = next(iter(self.workqueue.items()))
            left = len(self.workqueue) * len(items) // len(self.nodes)
            if not _is_policy(scope.partition("::")[0]) or self._pending_of(self.assigned_work[node]) >= min(
                HANDED, left
            ):
                break
            self._assign_work_unit(node)
        super()._reschedule(node)


def _is_policy(file: str) -> bool:
    return is_policy_file(file.rpartition("/")[2])


def make_scheduler(config: pytest.Config, log: Any) -> DrawingScheduling | None:
    """The scheduler of `--dist loadgroup`; None for every other `--dist`, which xdist has its own for."""
    return DrawingScheduling(config, log) if config.getvalue("dist") == "loadgroup" else None
