"""Proves a breaking change by a witness: a value that one contract takes and the other does not.

Importing this costs nothing; Hypothesis is imported by the first search.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.change_rule import Area, Direction, Kind
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.document import Node
from pytest_apiversion.diff.normalized_schema import View
from pytest_apiversion.diff.schema_normalization import Views
from pytest_apiversion.diff.values.few_values import lengths
from pytest_apiversion.diff.values.pattern_parts import Unread
from pytest_apiversion.diff.values.pattern_sets import Texts
from pytest_apiversion.diff.values.samples import samples
from pytest_apiversion.shell.comparison.witness_search import (
    MEMBERS,
    NONE,
    Sides,
    around,
    is_about,
    least,
    parts_of,
    read_loosely,
    search,
)
from pytest_apiversion.shell.json_schema.validators import Validators
from pytest_apiversion.shell.openapi.grammar import resolve, unescape
from pytest_apiversion.shell.openapi.schemas import Normaliser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pytest_apiversion.core.contracts.change import Change, Identity
    from pytest_apiversion.core.contracts.contract import SchemaProblem, Validate
    from pytest_apiversion.diff.document import Document

_AMBIGUOUS = frozenset({"one-of", "one-of-overlap"})
"""Subjects of rules about a `oneOf` by the letter; what changed is a value that shows it."""

_UNSEEN = frozenset(
    {
        *("content-encoding", "content-media-type", "content-schema", "extensible-enum-value", "xml"),
        *("discriminator", "discriminator-mapping", "discriminator-mapping-name"),
    }
)
"""Subjects of rules about what no validator of JSON Schema looks at, so that no value shows it."""

_OTHER = "another-member"
"""A member that no schema names."""

EXAMPLES = 400
"""Values tried for one change."""


class Effort(enum.Enum):
    """How much work proofs may be. It is counted in values, so that a slow machine finds what a fast one finds.

    Attributes:
        examples: Values tried for one change.
        total: Values tried for all changes of one comparison.
    """

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"

    @property
    def examples(self) -> int:
        """Values tried for one change."""
        return {"low": EXAMPLES // 4, "normal": EXAMPLES, "high": EXAMPLES * 10}[self.value]

    @property
    def total(self) -> int:
        """Values tried for all changes of one comparison."""
        return self.examples * 250


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
    return (
        data
        and change.rule.subject not in _UNSEEN
        and change.severity is not Severity.INFO
        and bool(change.schemas[0] or change.schemas[1])
    )


class Prover:
    """Finds witnesses for the changes between two documents.

    Args:
        old: The old document.
        new: The new document.
    """

    def __init__(self, old: Document, new: Document) -> None:
        self.tried = 0
        self._documents = (old, new)
        self._views = (Views(old), Views(new))
        self._readers: dict[tuple[int, bool, bool, bool], tuple[Normaliser, Validators]] = {}

    def witness(self, change: Change, *, examples: int = EXAMPLES) -> Witness | None:
        """A witness of a change; None where none was found within the bounds, which proves nothing.

        Args:
            change: The change.
            examples: Values tried at most.
        """
        response = change.direction is Direction.RESPONSE

        def about(problem: SchemaProblem) -> bool:
            return is_about(problem, change)

        name = change.name.rpartition(".")[2]
        members = frozenset({name} if change.rule.subject == "property-of-closed-object" else ())
        return self.between(
            change.schemas,
            response=response,
            about=about,
            members=members if change.rule.subject in MEMBERS else None,
            examples=examples,
            whole=change.whole,
            exact=change.rule.subject in _AMBIGUOUS,
            likely=self._likely(change),
        )

    def _likely(self, change: Change) -> list[Any]:
        """What most likely proves a change: a value that it names, or a text that tells two patterns apart."""
        if change.rule.subject in _AMBIGUOUS:
            return [change.after]
        if change.rule.subject != "pattern":
            return []
        was, now = (self._view(index, place) for index, place in enumerate(change.schemas))
        wide, narrow = (now, was) if change.direction is Direction.RESPONSE else (was, now)
        try:
            text = Texts().missing(wide.values.get("pattern", ()), narrow.values.get("pattern", ()), *lengths(wide))
        except Unread:
            return []
        return [] if text is None else [text]

    def between(
        self,
        places: tuple[str, str],
        *,
        response: bool,
        about: Callable[[SchemaProblem], bool] = lambda _: True,
        members: frozenset[str] | None = None,
        examples: int = EXAMPLES,
        whole: tuple[str, str] | None = None,
        exact: bool = False,
        likely: Sequence[Any] = (),
    ) -> Witness | None:
        """A value that breaks somebody: a request that only the old schema takes, or an answer that only the new one takes.

        Args:
            places: JSON pointers to the schema in the old and in the new document.
            response: Whether it is an answer: then members that the old schema does not know are let pass.
            about: Which problems count.
            members: Members an object has besides those it must have; None leaves that open.
            examples: Values tried at most.
            whole: The same of the schemas that hold these as an alternative or under a condition: the value, or one that it is a part of,
                is then taken and refused by these, too. None where what the schemas say always holds.
            exact: Whether a `oneOf` is meant by the letter; otherwise it is read as `anyOf`.
            likely: Values to be tried before all others.
        """
        wide, narrow = (1, 0) if response else (0, 1)
        inner = self._sides(wide, narrow, places, response=response, exact=exact)

        def part(value: Any) -> bool:
            self.tried += 1
            return not inner.takes(value) and any(map(about, inner.refuses(value)))

        first = [*likely, *self._made(wide, places[wide], response=response)]
        if whole is None:
            value = least(filter(part, first))
            value = search(inner, part, members, examples=examples) if value is NONE else value
        elif not any(whole):
            return None  # it stands in several places, and nobody can say what holds in all of them
        else:
            outer = self._sides(wide, narrow, whole, response=response, exact=exact)

            def holds(value: Any) -> bool:
                return not outer.takes(value) and bool(outer.refuses(value))

            def shows(value: Any) -> bool:
                return part(value) and any(map(holds, around(places[wide], value)))

            value = least(filter(shows, first))
            value = search(inner, shows, members, examples=examples) if value is NONE else value
            if value is NONE:
                within = search(
                    outer, lambda one: holds(one) and any(map(part, parts_of(one))), None, examples=examples
                )
                value = next((one for one in parts_of(within) if part(one)), NONE)
        if value is NONE:
            return None
        return Witness(value=value, problem=next(problem for problem in inner.refuses(value) if about(problem)).message)

    def _made(self, index: int, place: str, *, response: bool) -> list[Any]:
        """The few values of a schema that can be made without chance, and with each object one that has a member nobody names."""
        document, node = self._documents[index], self._node(index, place)
        if node is None:
            return []
        made = samples(document, self._views[index], node, hidden="writeOnly" if response else "readOnly")
        return made + [{**one, _OTHER: "a"} for one in made if isinstance(one, dict)]

    def _node(self, index: int, place: str) -> Node | None:
        try:
            return Node(resolve(self._documents[index].raw, unescape(place)), place, "")
        except LookupError:
            return None

    def _view(self, index: int, place: str) -> View:
        node = self._node(index, place)
        return View() if node is None else self._views[index].of(node)

    def _sides(self, wide: int, narrow: int, places: tuple[str, str], *, response: bool, exact: bool) -> Sides:
        """The schema that a value is drawn from, and the one that is to refuse it."""
        wanted, takes, resource = self._side(wide, places[wide], response=response, additions=False, exact=exact)
        other, refuses, theirs = self._side(narrow, places[narrow], response=response, additions=response, exact=exact)
        return Sides(wanted=wanted, takes=takes, resource=resource, other=other, refuses=refuses, theirs=theirs)

    def _side(
        self, index: int, place: str, *, response: bool, additions: bool, exact: bool
    ) -> tuple[Any, Validate, dict[str, Any]]:
        document = self._documents[index]
        key = (index, response, additions, exact)
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
        if not exact:
            read_loosely(reader.resource)
        return schema, Validators(reader.resource).of(reference), reader.resource


def prove(
    old: Document, new: Document, changes: Iterable[Change], *, effort: Effort = Effort.NORMAL, total: int | None = None
) -> dict[Identity, Witness | None]:
    """Witnesses by the identity of the change; None where none was found within the bounds, which takes no weight from the change.

    A change that is not about values, or for which no work was left, is not among them: it was not tried.

    Args:
        old: The old document.
        new: The new document.
        changes: The changes between them, gravest first.
        effort: How much work it may be.
        total: Values tried for all of them, where that is another number than the effort's.
    """
    most = effort.total if total is None else total
    prover = Prover(old, new)
    found: dict[Identity, Witness | None] = {}
    for change in filter(provable, changes):
        if prover.tried >= most:
            break
        found[change.identity] = prover.witness(change, examples=effort.examples)
    return found
