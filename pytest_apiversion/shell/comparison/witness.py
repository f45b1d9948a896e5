"""Proves a break: a value that one contract takes and the other does not, found with Hypothesis, held to both by a validator.

Importing this costs nothing; Hypothesis is imported by the first search.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.change_rule import Area, Direction, Kind
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.shell.json_schema.validators import Validators
from pytest_apiversion.shell.openapi.grammar import resolve, unescape
from pytest_apiversion.shell.openapi.schemas import Normaliser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.core.contracts.contract import SchemaProblem, Validate
    from pytest_apiversion.diff.document import Document

_MEMBERS = frozenset(
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

EXAMPLES = 400
"""Values tried for one change."""

SECONDS = 3.0
"""Time one change may take."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Witness:
    """The proof of one change.

    Attributes:
        value: A value that the old contract lets a client send and the new one refuses; or one that the new contract lets the service
            answer and the old one does not know.
        problem: What the contract that does not take it says.
    """

    value: Any
    problem: str


def provable(change: Change) -> bool:
    """Whether a value could show that a change breaks somebody."""
    data = change.rule.area is Area.SCHEMA and change.rule.kind not in {Kind.LIFECYCLE, Kind.MUTABILITY}
    return data and change.severity is not Severity.INFO and bool(change.schemas[0] or change.schemas[1])


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sides:
    """Two schemas that are read: the one values are drawn from, with what it has against a value, and the one that is to refuse them."""

    wanted: Any
    takes: Validate
    resource: dict[str, Any]
    other: Any
    refuses: Validate
    theirs: dict[str, Any]


_NONE: Any = object()
"""No value, which is something else than null."""


class Prover:
    """Finds witnesses for the changes between two documents.

    Args:
        old: The old document.
        new: The new document.
    """

    def __init__(self, old: Document, new: Document) -> None:
        self._documents = (old, new)
        self._readers: dict[tuple[int, bool, bool], tuple[Normaliser, Validators]] = {}

    def witness(self, change: Change, *, seconds: float = SECONDS, examples: int = EXAMPLES) -> Witness | None:
        """A witness of a change; None where none was found within the bounds, which proves nothing.

        Args:
            change: The change.
            seconds: Time it may take.
            examples: Values tried at most.
        """
        response = change.direction is Direction.RESPONSE

        def about(problem: SchemaProblem) -> bool:
            return _about(problem, change)

        name = change.name.rpartition(".")[2]
        members = frozenset({name} if change.rule.subject == "property-of-closed-object" else ())
        return self.between(
            change.schemas,
            response=response,
            about=about,
            members=members if change.rule.subject in _MEMBERS else None,
            seconds=seconds,
            examples=examples,
            whole=change.whole,
        )

    def between(
        self,
        places: tuple[str, str],
        *,
        response: bool,
        about: Callable[[SchemaProblem], bool] = lambda _: True,
        members: frozenset[str] | None = None,
        seconds: float = SECONDS,
        examples: int = EXAMPLES,
        whole: tuple[str, str] | None = None,
    ) -> Witness | None:
        """A value that breaks somebody: a request that only the old schema takes, or an answer that only the new one takes.

        Args:
            places: JSON pointers to the schema in the old and in the new document.
            response: Whether it is an answer: then members that the old schema does not know are let pass.
            about: Which problems count.
            members: Members an object has besides those it must have; None leaves that open.
            seconds: Time it may take.
            examples: Values tried at most.
            whole: The same of the schemas that hold these as an alternative or under a condition: the value, or one that it is a part of,
                is then taken and refused by these, too. None where what the schemas say always holds.
        """
        wide, narrow = (1, 0) if response else (0, 1)
        ends = time.monotonic() + seconds
        inner = self._sides(wide, narrow, places, response=response)

        def part(value: Any) -> bool:
            return not inner.takes(value) and any(map(about, inner.refuses(value)))

        if whole is None:
            value = _found(inner, part, members, ends=ends, examples=examples)
        elif not any(whole):
            return None  # it stands in several places, and nobody can say what holds in all of them
        else:
            outer = self._sides(wide, narrow, whole, response=response)

            def holds(value: Any) -> bool:
                return not outer.takes(value) and bool(outer.refuses(value))

            half = time.monotonic() + seconds / 2
            value = _found(
                inner,
                lambda one: part(one) and any(map(holds, _around(places[wide], one))),
                members,
                ends=half,
                examples=examples,
            )
            if value is _NONE:
                within = _found(
                    outer, lambda one: holds(one) and any(map(part, _parts(one))), None, ends=ends, examples=examples
                )
                value = next((one for one in _parts(within) if part(one)), _NONE)
        if value is _NONE:
            return None
        return Witness(value=value, problem=next(problem for problem in inner.refuses(value) if about(problem)).message)

    def _sides(self, wide: int, narrow: int, places: tuple[str, str], *, response: bool) -> _Sides:
        """The schema that a value is drawn from, and the one that is to refuse it."""
        wanted, takes, resource = self._side(wide, places[wide], response=response, additions=False)
        other, refuses, theirs = self._side(narrow, places[narrow], response=response, additions=response)
        return _Sides(wanted=wanted, takes=takes, resource=resource, other=other, refuses=refuses, theirs=theirs)

    def _side(self, index: int, place: str, *, response: bool, additions: bool) -> tuple[Any, Validate, dict[str, Any]]:
        document = self._documents[index]
        key = (index, response, additions)
        if key not in self._readers:
            reader = Normaliser(document.raw, dialect=document.dialect, response=response, additions=additions)
            self._readers[key] = reader, Validators(reader.resource)
        reader, _ = self._readers[key]
        parts = unescape(place)
        try:
            raw = resolve(document.raw, parts)
        except LookupError:
            raw = True  # a schema that is not written down takes anything
        schema = reader.read(raw, parts)
        reader.finish()
        reference = reader.hoist(schema)
        _loosen(reader.resource)
        return schema, Validators(reader.resource).of(reference), reader.resource


def _found(
    sides: _Sides, shows: Callable[[Any], bool], members: frozenset[str] | None, *, ends: float, examples: int
) -> Any:
    """A value of a schema that shows something; `_NONE` where none was found within the bounds."""
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
        return find(
            drawn,
            lambda value: time.monotonic() < ends and shows(value),
            random=random.Random(0),  # noqa: S311  a seed
            settings=bounds,
        )
    except (HypothesisException, LookupError, RecursionError, ValueError, TypeError):
        return _NONE


def _around(place: str, value: Any) -> Iterator[Any]:
    """A value of a schema, and the least that it can be a part of where the schema stands."""
    yield value
    *_, above, last = ("", *unescape(place))
    if last == "contains":
        yield [value]
    elif above == "properties":
        yield {last: value}


def _parts(value: Any) -> Iterator[Any]:
    """A value, and all that is inside it."""
    waiting = [] if value is _NONE else [value]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()


def _about(problem: SchemaProblem, change: Change) -> bool:
    """Whether a problem is about a change, not about another one in the same schema."""
    if change.rule.subject not in _MEMBERS:
        return change.rule.kind is Kind.STRUCTURE or problem.where == "" or change.rule.subject in _INNER
    name = change.name.rpartition(".")[2]
    return problem.where in {"", f"/{name}"} and name in problem.message


def _loosen(resource: Any) -> None:
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


def prove(old: Document, new: Document, changes: Iterable[Change], *, seconds: float) -> dict[str, Witness | None]:
    """Witnesses by fingerprint; None where none was found within the bounds, which takes no weight from the change.

    Args:
        old: The old document.
        new: The new document.
        changes: The changes between them, gravest first.
        seconds: Time all of them may take.
    """
    ends = time.monotonic() + seconds
    prover = Prover(old, new)
    found: dict[str, Witness | None] = {}
    for change in filter(provable, changes):
        left = ends - time.monotonic()
        found[change.fingerprint] = prover.witness(change, seconds=min(left, SECONDS)) if left > 0 else None
    return found
