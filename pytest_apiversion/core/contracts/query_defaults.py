"""Defaults of a list's query: what a list shows to who leaves a parameter out, and to who writes its default."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.listed_things import list_items
from pytest_apiversion.core.contracts.names import plain_name
from pytest_apiversion.core.contracts.query_parameters import query_parameters
from pytest_apiversion.core.http.response_differences import Difference
from pytest_apiversion.core.http.statuses import succeeds
from pytest_apiversion.core.json.members import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Pairs, Response

_OUTER = 3
"""Levels of an answer in which it says what its query was."""
_SHOWN = 60
"""Characters of an element that are told."""


def left_out(operation: Operation, query: Pairs) -> dict[str, bool | int | float | str]:
    """The defaults of the query parameters that a query does not have: those that can be written, and mean something when they are.

    Args:
        operation: The operation.
        query: The query.
    """
    said = {name for name, _ in query}
    return {
        name: each.default
        for name, each in query_parameters(operation).items()
        if name not in said and isinstance(each.default, bool | int | float | str) and each.default != ""
    }


def written(defaults: Mapping[str, Any]) -> Pairs:
    """Defaults as they stand in a query."""
    return tuple((name, value if isinstance(value, str) else json.dumps(value)) for name, value in defaults.items())


def list_differences(plain: Response, told: Response, defaults: Mapping[str, Any]) -> dict[str, Difference]:
    """Where a list differs from the same list with its defaults written out.

    Elements are counted, and their order and their members compared, not their values: those may change meanwhile, and links and cursors
    repeat the query. What an answer says of its page counts where it is called like a parameter, or is its default and no small number.

    Args:
        plain: The list of who left the parameters out.
        told: That of who wrote the defaults.
        defaults: The defaults, by parameter.
    """
    mine, other = (list_items(each.json) if succeeds(each) else None for each in (plain, told))
    if mine is None or other is None:
        return {}
    found = dict(_said(plain, told, defaults))
    if len(mine) != len(other):
        found["elements"] = Difference(mine=f"{len(mine)} elements", other=f"{len(other)} elements")
    elif (names := _names(mine)) != (others := _names(other)):
        found["members"] = Difference(
            mine=_listed(names - others, others - names), other=_listed(others - names, names - others)
        )
    elif (one := _keys(mine)) != (another := _keys(other)):
        number, (here, there) = next(
            each for each in enumerate(zip(one, another, strict=True), 1) if each[1][0] != each[1][1]
        )
        found["order"] = Difference(
            mine=f"element {number} is {here[:_SHOWN]}", other=f"element {number} is {there[:_SHOWN]}"
        )
    return found


def _said(plain: Response, told: Response, defaults: Mapping[str, Any]) -> Iterator[tuple[str, Difference]]:
    """What the answers say of themselves outside their elements."""
    mine = dict(places(plain.json, depth=_OUTER))
    for place, value in places(told.json, depth=_OUTER):
        here = mine.get(place)
        if (
            "*" in place.split("/")
            or type(here) is not type(value)
            or here == value
            or not isinstance(value, bool | int | float | str)
        ):
            continue
        name = plain_name(place.rpartition("/")[2])
        if any(
            value == default
            and type(value) is type(default)
            and (plain_name(parameter) == name or _is_telling(default))
            for parameter, default in defaults.items()
        ):
            said, meant = (f"{place.rpartition('/')[2]} = {json.dumps(each)[:_SHOWN]}" for each in (here, value))
            yield place, Difference(mine=said, other=meant)


def _is_telling(default: Any) -> bool:
    """Whether a number is its parameter's, and hardly by chance."""
    return isinstance(default, int | float) and not isinstance(default, bool) and abs(default) > 1


def _names(items: Sequence[Any]) -> frozenset[str]:
    return frozenset(name for each in items if isinstance(each, dict) for name in each)


def _listed(more: frozenset[str], fewer: frozenset[str]) -> str:
    """What elements have, or lack, that others have not, or lack not."""
    return f"with {', '.join(sorted(more))}" if more else f"without {', '.join(sorted(fewer))}"


def _keys(items: Sequence[Any]) -> list[str]:
    """What tells the elements apart: their identifiers where all have one, else nothing."""
    found = [
        next((each[name] for name in each if plain_name(name) in _IDENTIFIERS), None)
        if isinstance(each, dict)
        else each
        for each in items
    ]
    return [str(each) for each in found] if all(isinstance(each, str | int) for each in found) else []


_IDENTIFIERS = frozenset({"id", "uuid", "key", "slug", "code", "name"})
