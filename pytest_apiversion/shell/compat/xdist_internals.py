"""What is used of pytest-xdist beyond its documentation: the scheduler, how workers are told, and the items one was handed."""

from __future__ import annotations

from contextlib import suppress
from importlib import metadata
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.compat.names import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

TRIED = "3.6 to 3.8"
"""The releases that were tried."""

LoadGroupScheduling: Any = find("xdist.scheduler", "LoadGroupScheduling") or object
"""The scheduler of `--dist loadgroup`; `object` where there is none under that name."""

_METHODS = ("_split_scope", "_reschedule", "_assign_work_unit", "_pending_of", "remove_node")
_ATTRIBUTES = ("workqueue", "assigned_work", "registered_collections", "nodes")


def refined(kind: type, config: pytest.Config, log: Any) -> Any:
    """A scheduler of a class made from `LoadGroupScheduling`; None, and a line that says so, where it lacks what that class builds on."""
    lacking = [name for name in _METHODS if not hasattr(LoadGroupScheduling, name)]
    if not lacking:
        scheduler = kind(config, log)
        lacking = [name for name in _ATTRIBUTES if not hasattr(scheduler, name)]
        if not lacking:
            return scheduler
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.write_line(
            f"pytest-apiversion: pytest-xdist {metadata.version('pytest-xdist')} hands out the items itself, so that workers draw and "
            f"create some things twice: its scheduler has no {lacking[0]} (tried: {TRIED})"
        )
    return None


def outlive(node: Any) -> None:
    """Let nothing be sent in vain to a worker that is gone: xdist would end the run with a traceback, before it has learned of the end.

    What it was to do is taken back when its end arrives, as with each worker that dies.
    """
    send: Any = getattr(node, "sendcommand", None)
    if send is None:
        return

    def sendcommand(name: str, **told: object) -> None:
        with suppress(OSError):
            send(name, **told)

    node.sendcommand = sendcommand


def handed(config: pytest.Config, most: int) -> Sequence[int]:
    """Numbers of the items a worker was handed and has not begun, in order; nothing where pytest-xdist keeps them elsewhere.

    Args:
        config: The worker's.
        most: How many are looked at.
    """
    for plugin in config.pluginmanager.get_plugins():
        waiting = _waiting(getattr(plugin, "torun", None), most)
        if waiting is not None:
            return [each for each in (getattr(plugin, "nextitem_index", None), *waiting) if isinstance(each, int)]
    return ()


def _waiting(queue: Any, most: int) -> list[Any] | None:
    if hasattr(queue, "lock"):
        with queue.lock() as waiting:
            return list(islice(waiting, most))
    if hasattr(queue, "mutex"):  # an older pytest-xdist: a queue of the standard library
        with queue.mutex:
            return list(islice(queue.queue, most))
    return None
