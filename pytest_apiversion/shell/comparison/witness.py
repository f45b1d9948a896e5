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
    from collections.abc import Callable, Iterable

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
    ) -> Witness | None:
        """A value that breaks somebody: a request that only the old schema takes, or an answer that only the new one takes.

        Args:
            places: JSON pointers to the schema in the old and in the new document.
            response: Whether it is an answer: then members that the old schema does not know are let pass.
            about: Which problems count.
            members: Members an object has besides those it must have; None leaves that open.
            seconds: Time it may take.
            examples: Values tried at most.
        """
        from hypothesis import HealthCheck, Phase, find, settings  # noqa: PLC0415  heavy
        from hypothesis.errors import HypothesisException  # noqa: PLC0415  heavy

        from pytest_apiversion.shell.comparison.witness_strategies import Likely  # noqa: PLC0415  heavy

        wide, narrow = (1, 0) if response else (0, 1)
        wanted, takes, resource = self._side(wide, places[wide], response=response, additions=False)
        other, refuses, theirs = self._side(narrow, places[narrow], response=response, additions=response)
        ends = time.monotonic() + seconds

        def shows(value: Any) -> bool:
            return time.monotonic() < ends and not takes(value) and any(map(about, refuses(value)))

        bounds = settings(
            max_examples=examples,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        )
        try:
            drawn = Likely(resource, theirs, members).values(wanted, other, whole=True)
            value = find(drawn, shows, random=random.Random(0), settings=bounds)  # noqa: S311  a seed
        except (HypothesisException, LookupError, RecursionError, ValueError, TypeError):
            return None
        return Witness(value=value, problem=next(problem for problem in refuses(value) if about(problem)).message)

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
