"""What the embedded servers store, as plain values: to compare before and after a run."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

_COUNTED = ("_deleted", "_numbers", "_seeded", "seeded", "today", "deleted")
"""Members of a store that are no data: what it counts by, what it remembers of deletions, when it lives."""


def records(store: object) -> dict[str, Any]:
    """Every record of a store, by its place: the name of the table, then what it is stored under."""
    return dict(_records(store, ""))


def _records(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if isinstance(part, Mapping) and all(isinstance(each, Mapping) for each in part.values()):
                yield from _records(part, f"{place}/{key}")
            else:
                yield f"{place}/{key}", _plain(part)
        return
    for name, part in _members(value).items():
        if name in _COUNTED or isinstance(part, itertools.count | Iterator) or callable(part):
            continue
        if isinstance(part, Mapping | set) and not part:
            continue
        if isinstance(part, Mapping) or hasattr(part, "__dict__") or hasattr(part, "__slots__"):
            yield from _records(part, f"{place}/{name}")
        else:
            yield f"{place}/{name}", _plain(part)


def _members(value: Any) -> dict[str, Any]:
    if hasattr(value, "__dict__"):
        return dict(vars(value))
    return {name: getattr(value, name) for name in value.__slots__ if hasattr(value, name)}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _plain(vars(value) if hasattr(value, "__dict__") else dataclasses.asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else repr(value)
