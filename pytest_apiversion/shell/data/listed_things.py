"""Finds the things in an answer: the elements of a list, the one thing in its wrappers, and never the envelope's metadata."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

METADATA = frozenset(
    [
        "_links",
        "_meta",
        "_metadata",
        "context",
        "debug",
        "envelope",
        "errors",
        "extensions",
        "header",
        "headers",
        "included",
        "info",
        "links",
        "meta",
        "metadata",
        "page",
        "page_info",
        "pageinfo",
        "pagination",
        "paging",
        "plugin",
        "plugins",
        "request",
        "response_metadata",
        "server",
        "service",
        "status",
        "user",
        "warnings",
    ]
)
"""Members of an envelope that tell of the answer, not of what was asked for; in lower case."""
WRAPPERS = (
    *("data", "result", "item", "payload", "response", "content", "object", "resource", "entity", "record"),
    *("body", "node", "attributes", "properties", "created", "_embedded", "embedded"),
)
"""Members in which a single thing stands."""
LISTS = (
    *(
        "items",
        "data",
        "results",
        "result",
        "content",
        "records",
        "values",
        "entries",
        "list",
        "rows",
        "members",
        "hits",
    ),
    *(
        "value",
        "resources",
        "objects",
        "elements",
        "edges",
        "nodes",
        "collection",
        "entities",
        "children",
        "page_items",
    ),
)
"""Members in which lists stand, likeliest first."""
_DEEPEST = 6
"""Levels of an answer that are searched."""
_ITEMS = 5
"""Elements of a list that are looked at."""

Thing = Mapping[str, Any]


def elements(value: Any, nouns: Collection[str] = ()) -> list[Any] | None:
    """The elements of an answer that lists things; None where it has no list of objects, and an empty list where there are none.

    The list is the answer itself, or the member that is called like the things or like lists are, else the only one that holds objects.

    Args:
        value: The JSON value of the answer.
        nouns: What the things are called.
    """
    level: list[Any] = [value]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for item in level:
            if isinstance(item, list):
                return item
            if isinstance(item, dict) and (found := _list_of(item, nouns)) is not None:
                return found
            if isinstance(item, dict):
                below += [
                    part for name, part in item.items() if isinstance(part, dict) and name.lower() not in METADATA
                ]
        level = below
    return None


def _list_of(holder: Thing, nouns: Collection[str]) -> list[Any] | None:
    lists = {name: part for name, part in holder.items() if isinstance(part, list) and name.lower() not in METADATA}
    wanted = {name.lower() for name in nouns}
    for name, part in lists.items():
        if {name.lower(), name.lower().removesuffix("s"), name.lower().removesuffix("es")} & wanted:
            return part
    for name in nouns:
        keyed = holder.get(f"{name}s")
        if isinstance(keyed, dict) and keyed and all(isinstance(part, dict) for part in keyed.values()):
            return [{"key": key, **part} for key, part in keyed.items()]  # under their identifiers
    for name in LISTS:
        if name in lists:
            return lists[name]
    return next((part for part in lists.values() if part and isinstance(part[0], dict)), None)


def listed(value: Any, nouns: Collection[str]) -> Iterator[Thing]:
    """The objects of the things an answer lists, the first few."""
    for element in (elements(value, nouns) or [])[:_ITEMS]:
        yield from alone(element, nouns)


def alone(value: Any, nouns: Collection[str]) -> Iterator[Thing]:
    """The objects that are one thing: itself, and what wraps it from outside to inside."""
    for _ in range(_DEEPEST):
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, dict):
            return
        yield value
        value = next((value[name] for name in (*nouns, *WRAPPERS) if isinstance(value.get(name), dict | list)), None)


def objects(value: Any, *, without: Collection[str] = ()) -> Iterator[Thing]:
    """Every object of an answer, shallow ones first.

    Args:
        value: The answer.
        without: Names, in lower case, of members that are not looked into.
    """
    level = [value]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                yield item
                below += [part for name, part in item.items() if name.lower() not in without]
            elif isinstance(item, list):
                below += item[:_ITEMS]
        level = below
