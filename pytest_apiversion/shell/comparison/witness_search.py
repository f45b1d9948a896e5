"""The search for one value: where it is drawn from, what has to refuse it, and whether that is about the change."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.change_rule import Kind
from pytest_apiversion.shell.compat.unwritten_values import Unwritten
from pytest_apiversion.shell.openapi.grammar import unescape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.core.contracts.contract import SchemaProblem, Validate

MEMBERS = frozenset(
    {"required-property", "required", "property-of-closed-object", "required-read-only", "undescribed-required"}
)
"""Subjects of rules that are about one member of an object."""

_INNER = frozenset(
    {
        "additional-properties",
        "additional-properties-schema",
        "unevaluated-properties",
        "unevaluated-items",
        "unique-items",
    }
)
"""Subjects of rules whose problems show at a member or item."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """Two schemas that are read: the one values are drawn from, with what it has against a value, and the one that is to refuse them."""

    wanted: Any
    takes: Validate
    resource: dict[str, Any]
    other: Any
    refuses: Validate
    theirs: dict[str, Any]


NONE: Any = object()
"""No value, which is something else than null."""


def search(sides: Sides, shows: Callable[[Any], bool], members: frozenset[str] | None, *, examples: int) -> Any:
    """A value of a schema that shows something; `NONE` where none was found within the bounds."""
    from hypothesis import HealthCheck, Phase, find, settings  # noqa: PLC0415  heavy
    from hypothesis.errors import HypothesisException  # noqa: PLC0415  heavy

    from pytest_apiversion.shell.comparison.witness_strategies import Likely  # noqa: PLC0415  heavy

    bounds = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    try:
        drawn = Likely(sides.resource, sides.theirs, members).values(sides.wanted, sides.other, whole=True)
        found = find(
            drawn.map(Unwritten),
            lambda each: shows(each.value),
            random=random.Random(0),  # noqa: S311  a seed
            settings=bounds,
        )
    except (HypothesisException, LookupError, RecursionError, ValueError, TypeError):
        return NONE
    return found.value


def least(values: Iterable[Any]) -> Any:
    """The shortest of some values; `NONE` where there are none."""
    return min(values, key=lambda value: len(json.dumps(value, default=str)), default=NONE)


def around(place: str, value: Any) -> Iterator[Any]:
    """A value of a schema, and the least that it can be a part of where the schema stands."""
    yield value
    *_, above, last = ("", *unescape(place))
    if last == "contains":
        yield [value]
    elif above == "properties":
        yield {last: value}


def parts_of(value: Any) -> Iterator[Any]:
    """A value, and all that is inside it."""
    waiting = [] if value is NONE else [value]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()


def is_about(problem: SchemaProblem, change: Change) -> bool:
    """Whether a problem is about a change, not about another one in the same schema."""
    if change.rule.subject not in MEMBERS:
        member = change.rule.subject == "enum-value" and problem.where == f"/{change.name.rpartition('.')[2]}"
        return change.rule.kind is Kind.STRUCTURE or problem.where == "" or change.rule.subject in _INNER or member
    name = change.name.rpartition(".")[2]
    return problem.where in {"", f"/{name}"} and name in problem.message


def read_loosely(resource: Any) -> None:
    """Read each `oneOf` as `anyOf`, as the comparison does."""
    stack = [resource]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if isinstance(node.get("oneOf"), list):
                node["allOf"] = [*node.get("allOf", []), {"anyOf": node.pop("oneOf")}]
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
