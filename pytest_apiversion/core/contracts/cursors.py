"""Cursors: parameters of a list whose values come from the page before, by the names that APIs give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.members import without_null

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


def made_up(
    document: Mapping[str, Any], operation: Operation, query: Iterable[tuple[str, str]], given: Collection[str]
) -> bool:
    """Whether a query has a cursor that no page gave: a service may refuse it, though its schema takes any text.

    Args:
        document: What the schemas' references lead into.
        operation: The list.
        query: The query of a drawn request.
        given: Names of parameters that the policy gives values for.
    """
    sent = {name for name, _ in query}
    return any(
        each.name in _KNOWN & sent
        and each.name not in given
        and isinstance(each.schema, Mapping)
        and _any_text(each.schema)
        and _any_text(without_null(document, each.schema))
        for each in operation.parameters
    )


def _any_text(schema: Any) -> bool:
    """Whether a schema takes texts, and says nothing that chooses among them."""
    if not isinstance(schema, Mapping) or {"enum", "const"} & schema.keys() or schema.get("format") in _DATES:
        return False
    told = schema.get("type", "string")
    return set(told if isinstance(told, list) else [told]) - {"null"} == {"string"}
