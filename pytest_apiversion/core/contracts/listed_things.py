"""Lists: the elements of a list answer, whether it is all there is, and whether a thing is among them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.names import plain_name
from pytest_apiversion.core.json.members import places

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response

_OUTER = 2
"""Levels in which the list is looked for in an answer: behind an envelope such as `data`."""
_SHORT_PAGE = 10
"""Elements that every page has room for."""


def list_items(value: Any) -> list[Any] | None:
    """The elements of a list answer: the answer itself, or the one list under a member of it, or of the object that wraps it."""
    for _ in range(_OUTER + 1):
        if isinstance(value, list):
            return value
        if not isinstance(value, dict):
            return None
        lists = [part for part in value.values() if isinstance(part, list)]
        if len(lists) == 1:
            return lists[0]
        inner = [part for part in value.values() if isinstance(part, dict)]
        if lists or len(inner) != 1:
            data = value.get("data", value.get("items"))
            if data is None:
                return None
            value = data
        else:
            value = inner[0]
    return None


def is_complete(response: Response, limit: int | None) -> bool:
    """Whether a list answer is all there is: no sign of another page, and a total that agrees, or room left on this one.

    A page whose size nobody knows may be cut off in silence; only a short one is taken for all.

    Args:
        response: The answer.
        limit: How many elements a page may have, where that is known.
    """
    found = list_items(response.json)
    if found is None or "next" in (response.header("link") or ""):
        return False
    for name, value in _outer_members(response.json):
        word = plain_name(name)
        if (
            word in {"next", "nextpage", "nextlink", "nextcursor", "nextpagetoken", "cursor", "hasmore", "hasnext"}
            and value
        ):
            return False
        if word in {"total", "totalcount", "totalitems"} and _counts(value):
            return bool(value == len(found))
    return len(found) < (_SHORT_PAGE if limit is None else limit)


def lists_identifier(response: Response, identifier: str) -> bool:
    """Whether a list answer has the thing."""
    return listed_item(response, identifier) is not None


def listed_item(response: Response, identifier: str) -> Any | None:
    """The element of a list answer that is the thing: its identifier, or an object with a member that is, or ends with it."""
    for item in list_items(response.json) or ():
        for value in item.values() if isinstance(item, dict) else [item]:
            if (isinstance(value, str) or _counts(value)) and (
                str(value) == identifier or str(value).rstrip("/").endswith(f"/{identifier}")
            ):
                return item
    return None


def listed_at(response: Response, identifier: str, names: Collection[str]) -> str | None:
    """Where the element stands in a list answer that has the identifier in a member called so; None where none has."""
    item = listed_by_name(response, identifier, names)
    return next((at for at, value in places(response.json, indices=True) if item is not None and value is item), None)


def listed_by_name(response: Response, identifier: str, names: Collection[str]) -> Mapping[str, Any] | None:
    """The element of a list answer that has the identifier in a member called so, as `plain_name` has it."""
    for item in list_items(response.json) or ():
        held: Mapping[str, Any] = item if isinstance(item, dict) else {}
        for name, value in held.items():
            if plain_name(name) in names and (isinstance(value, str) or _counts(value)) and str(value) == identifier:
                return held
    return None


def _outer_members(value: Any) -> Iterator[tuple[str, Any]]:
    level = [value]
    for _ in range(_OUTER + 1):
        objects = [each for each in level if isinstance(each, dict)]
        yield from (pair for each in objects for pair in each.items())
        level = [part for each in objects for part in each.values()]


def _counts(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
