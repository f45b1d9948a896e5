"""Shards of a run: which of its items one machine of several takes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pytest

from pytest_apiversion.shell.execution.options import Shard
from pytest_apiversion.shell.pytest_plugin.option_definitions import text_option

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation


def read_shard(config: pytest.Config) -> Shard | None:
    """The shard this run is, or None where it is whole.

    Raises:
        pytest.UsageError: It is not written as `2/4`.
    """
    text = text_option(config, "shard")
    if text is None:
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", text.strip(), re.ASCII)
    if found is None or int(found[1]) > int(found[2]):
        message = f"--apiversion-shard: expected a shard such as 1/4, got {text!r}"
        raise pytest.UsageError(message)
    return Shard(number=int(found[1]), count=int(found[2]))


def shard_numbers(items: Sequence[tuple[str, str]], count: int) -> Mapping[str, int]:
    """Spread items over shards: each in one, groups kept together, the shards about equal; the same on every machine.

    Args:
        items: Name and group of each.
        count: How many shards there are.

    Returns:
        The number of its shard, from 1, by name.
    """
    groups: dict[str, list[str]] = {}
    for name, group in items:
        groups.setdefault(group, []).append(name)
    loads = [0] * count
    found: dict[str, int] = {}
    for names in sorted(groups.values(), key=len, reverse=True):  # a stable sort: equal groups stay in their order
        shard = loads.index(min(loads))
        loads[shard] += len(names)
        found |= dict.fromkeys(names, shard + 1)
    return found


def drawing_of(operation: Operation) -> str:
    """What operations that are drawn for once have in common; empty where nothing is drawn."""
    return operation.shape[:12] if operation.parameters or operation.body_media_types else ""
