"""Cursors: parameters of a list whose values come from the page before, by the names that APIs give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pytest_apiversion.core.contracts.contract import Operation

CURSORS = (
    "cursor",
    "page_token",
    "pageToken",
    "next_token",
    "nextToken",
    "continuation_token",
    "continuationToken",
    "marker",
)
"""Query parameters that take what the page before says."""

AFTER = ("starting_after", "startingAfter", "after")
"""Query parameters that take the last identifier of the page before, where it says nothing."""

_BEFORE = ("ending_before", "endingBefore", "before")
_KNOWN = frozenset({*CURSORS, *AFTER, *_BEFORE})
_DATES = frozenset({"date", "date-time", "time"})


def made_up(operation: Operation, query: Iterable[tuple[str, str]], given: Collection[str]) -> bool:
    """Whether a query has a cursor that no page gave: a service may refuse it, though its schema takes any text.

    Args:
        operation: The list.
        query: The query of a drawn request.
        given: Names of parameters that the policy gives values for.
    """
    sent = {name for name, _ in query}
    return any(
        each.name in _KNOWN & sent
        and each.name not in given
        and isinstance(each.schema, Mapping)
        and each.schema.get("type", "string") in ("string", ["string", "null"])
        and not {"enum", "const"} & each.schema.keys()
        and each.schema.get("format") not in _DATES
        for each in operation.parameters
    )
