"""Schedules items over the workers of pytest-xdist: those of one resource stay on one worker."""

from __future__ import annotations

import math
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.compat.xdist_internals import LoadGroupScheduling, outlive, refined
from pytest_apiversion.shell.data.shared_resources import first_nouns
from pytest_apiversion.shell.pytest_plugin.option_definitions import is_policy_file, told
from pytest_apiversion.shell.pytest_plugin.upcoming_items import HANDED

if TYPE_CHECKING:
    import pytest

_OPERATION = re.compile(
    r"(?P<file>[^:]*)::(?P<subject>[^:]*)::(?:(?P<name>[A-Z]+ (?P<path>/\S*+).*)|sunset\[(?P<ended>[A-Z]+ (?P<gone>/\S*))\])"
)
"""The node id of an item about an operation; of one of a version that ended, by other names."""

_SEAM = "\0"
"""Between a group and a version in the name of what is handed out at once; no node id has it."""

_GROUPS = 2
"""Groups for each worker, at least, for resources to be groups."""

_IDLE = 2
"""Items before a worker at which xdist gives it more: it keeps the last one until it knows what comes next."""


class DrawingScheduling(LoadGroupScheduling):  # type: ignore[misc]  # which has no types
    """`--dist loadgroup`, with an operation of all versions of a policy file in one group, beside the others of its resource.

    A group is handed out version by version, so that the versions are gone through in their order, all to the worker that had its
    first one. When that worker is behind the others, one that has nothing left takes what it was not handed yet of a group, unless
    it still has to do with it: two workers never ask about one group at the same time.

    What the controlling process knows of an item is its node id: operations under one name are taken to be drawn alike.
    """

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        self._owners: dict[str, Any] = {}
        self._mourning = False

    def _split_scope(self, nodeid: str) -> str:
        found = _OPERATION.fullmatch(nodeid)
        if found is None or not _is_policy(found["file"]):
            return str(super()._split_scope(nodeid))
        return f"{found['file']}::{self._groups[_name(found)]}{_SEAM}{found['subject']}"

    @cached_property
    def _groups(self) -> dict[str, str]:
        """By operation: the noun its path begins with, where there are enough of these for all workers, else its own name.

        Operations of one resource need the same things, so that workers which share it draw and create them twice.
        """
        found = [_OPERATION.fullmatch(nodeid) for nodeid in next(iter(self.registered_collections.values()))]
        paths = {_name(each): each["path"] or each["gone"] for each in found if each and _is_policy(each["file"])}
        nouns = first_nouns(paths.values())
        enough = len({*nouns.values()}) >= _GROUPS * len(self.nodes)
        return {name: nouns[path] if enough else name for name, path in paths.items()}

    @cached_property
    def _share(self) -> int:
        """How many groups a worker takes at most, as long as nothing is known of how long each takes."""
        return math.ceil(len({*filter(None, map(_group, self.workqueue))}) / len(self.nodes))

    def remove_node(self, node: Any) -> str | None:
        """Take back what a worker has not done; gives the item it died at, if it died.

        xdist would try that item again, and take down one worker after the other; and hand out units of which all is done, for which
        no worker ever answers (pytest-xdist#1378).
        """
        self._mourning = True
        try:
            crashed: str | None = super().remove_node(node)
        finally:
            self._mourning = False
        for scope, items in list(self.workqueue.items()):
            if crashed in items:
                items[crashed] = True
            if all(items.values()):
                del self.workqueue[scope]
        for each in self.nodes if crashed else ():
            self._reschedule(each)
        return crashed

    def _reschedule(self, node: Any) -> None:
        """Hand a worker what it needs to begin items before their turn, and others what has become free for them."""
        if self._mourning:
            return
        idle = (each for each in self.nodes if each is not node and self._pending(each) <= _IDLE)
        for each in [one for one in (node, *idle) if one in self.registered_collections]:
            while self.workqueue and not each.shutting_down and (scope := self._next(each)) is not None:
                self._hand(each, scope)
            if not self.workqueue:
                super()._reschedule(each)

    def _assign_work_unit(self, node: Any) -> None:
        """What a worker begins with."""
        if (scope := self._next(node)) is not None:
            self._hand(node, scope)

    def _hand(self, node: Any, scope: str) -> None:
        if group := _group(scope):
            self._owners[group] = node
        self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)

    def _next(self, node: Any) -> str | None:
        """What a worker would be handed; None where it has enough, or there is nothing for it now."""
        pending = self._pending(node)
        full = sum(owner is node for owner in self._owners.values()) >= self._share
        left = sum(map(len, self.workqueue.values())) // len(self.nodes)
        scopes: list[str] = list(self.workqueue)
        for scope in scopes:
            group = _group(scope)
            if not group:
                if pending <= _IDLE:
                    return scope
                if _is_policy(scope.partition("::")[0]):
                    continue  # such an item belongs to no resource, and need not be begun before its turn
                return None
            owner = self._owners.get(group)
            if owner is node or (owner not in self.assigned_work and not full):
                return scope if pending < max(min(HANDED, left), _IDLE + 1) else None
        if pending > _IDLE:
            return None
        elsewhere = self._in_hand()
        return next((scope for scope in scopes if _group(scope) not in elsewhere), None)

    def _in_hand(self) -> set[str]:
        """Groups that a worker has items of before it."""
        units = [unit for units in self.assigned_work.values() for unit in units.items()]
        return {_group(scope) for scope, items in units if not all(items.values())}

    def _pending(self, node: Any) -> int:
        return int(self._pending_of(self.assigned_work[node]))


def _name(found: re.Match[str]) -> str:
    """The operation an item is about, as contracts name it."""
    return found["name"] or found["ended"]


def _group(scope: str) -> str:
    """The group of what is handed out at once; empty where it is of no policy file."""
    return scope.rpartition(_SEAM)[0]


def _is_policy(file: str) -> bool:
    return is_policy_file(file.rpartition("/")[2])


def tell_worker(config: pytest.Config, node: Any) -> None:
    """Tell a worker what it must know, before it begins; and stand its end."""
    node.workerinput.update(told(config))
    outlive(node)


def make_scheduler(config: pytest.Config, log: Any) -> DrawingScheduling | None:
    """The scheduler of `--dist loadgroup`; None where xdist is to take its own: for every other `--dist`, or if nothing can be built on it."""
    if config.getoption("dist") != "loadgroup":
        return None
    scheduler: DrawingScheduling | None = refined(DrawingScheduling, config, log)
    return scheduler
