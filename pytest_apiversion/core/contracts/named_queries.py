"""Names of operations with a query, such as `GET /search?type=old`: the requests of one operation that have these parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Pairs


def whole(key: str) -> str:
    """The name of the operation that one with a query belongs to; the same name where it has none."""
    return key.partition("?")[0]


def listed_as(key: str) -> frozenset[str]:
    """The names by which a policy may list an operation: its own, that of the operation it belongs to, and its path."""
    return frozenset({key, whole(key), whole(key).partition(" ")[2]})


def pairs_of(query: str) -> Pairs:
    """The parameters of a query: `type=old&page` is `type` with the value `old`, and `page` with none."""
    return tuple(parse_qsl(query, keep_blank_values=True))


def asks_for(query: Pairs, wanted: str) -> bool:
    """Whether a request's query has all parameters of another, with their values."""
    return all(pair in query for pair in pairs_of(wanted))


def belongs_to(key: str, other: str) -> bool:
    """Whether an operation is another, or is requests of it that are named with a query, or with a longer one."""
    return key == other or (
        "?" in key and whole(key) == whole(other) and asks_for(pairs_of(key.partition("?")[2]), other.partition("?")[2])
    )
