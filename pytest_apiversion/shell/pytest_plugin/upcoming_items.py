"""Which items a process will run next: in a run of one process all of them, in a worker of pytest-xdist those it was handed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import pytest

from pytest_apiversion.shell.pytest_plugin.option_definitions import STEALING

HANDED = 100
"""Items that count among those a worker was handed: more it needs not, to begin some before their turn."""


def is_handed(config: pytest.Config) -> bool:
    """Whether items come bit by bit: in a worker of pytest-xdist."""
    return hasattr(config, "workerinput")


def is_stolen_from(config: pytest.Config) -> bool:
    """Whether another worker may take away what is said to come, as under `--dist worksteal`."""
    return bool(getattr(config, "workerinput", {}).get(STEALING))


def upcoming(item: pytest.Item, here: int) -> Iterator[pytest.Item]:
    """An item that runs now, and those that will run after it in this process, as far as that is known.

    Args:
        item: The item.
        here: Where it stands among the items of the session.
    """
    items = item.session.items
    if not is_handed(item.config):
        yield from islice(items, here, None)
        return
    yield item
    for number in _handed(item.config):
        yield items[number]


def _handed(config: pytest.Config) -> Sequence[int]:
    """What a worker was handed and has not begun; nothing where pytest-xdist keeps that elsewhere than it did."""
    for plugin in config.pluginmanager.get_plugins():
        waiting = _waiting(getattr(plugin, "torun", None))
        if waiting is not None:
            return [each for each in (plugin.nextitem_index, *waiting) if isinstance(each, int)]
    return ()


def _waiting(queue: Any) -> list[Any] | None:
    if hasattr(queue, "lock"):
        with queue.lock() as waiting:
            return list(islice(waiting, HANDED))
    if hasattr(queue, "mutex"):  # an older pytest-xdist: a queue of the standard library
        with queue.mutex:
            return list(islice(queue.queue, HANDED))
    return None
