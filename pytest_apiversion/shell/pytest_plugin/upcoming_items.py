"""Which items this process will run next; a worker of pytest-xdist knows those it was handed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from pytest_apiversion.shell.compat.xdist_internals import handed
from pytest_apiversion.shell.pytest_plugin.option_definitions import STEALING

HANDED = 100
"""Items that count among those a worker was handed: more it needs not, to begin some before their turn."""


def is_handed(config: pytest.Config) -> bool:
    """Whether items come bit by bit: in a worker of pytest-xdist."""
    return hasattr(config, "workerinput")


def is_stolen_from(config: pytest.Config) -> bool:
    """Whether another worker may take away what is said to come, as under `--dist worksteal`."""
    return bool(getattr(config, "workerinput", {}).get(STEALING))


def upcoming_items(item: pytest.Item, here: int) -> Iterator[pytest.Item]:
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
    for number in handed(item.config, HANDED):
        yield items[number]
