"""One schema as the sum of its parts: references followed, `allOf` flattened, the spellings of OpenAPI 3.0 and 3.1 made one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.diff.document import OR_NULL, Document, Node
from pytest_apiversion.diff.normalized_schema import Group, View
from pytest_apiversion.diff.schema_keywords import (
    PATTERNS_OF_ALL,
    READERS,
    both,
    kind_of,
    narrow_enum,
    narrow_types,
    read_bounds,
    read_condition,
    surely,
)
from pytest_apiversion.diff.values.covering import essential
from pytest_apiversion.diff.values.forbidden import hold_forbidden, read_negation
from pytest_apiversion.diff.values.member_spellings import settle_number_of_members, settle_written_names
from pytest_apiversion.diff.values.names import settle_names
from pytest_apiversion.diff.values.ranges import hold_range
from pytest_apiversion.diff.values.steps import settle_steps
from pytest_apiversion.diff.values.unevaluated import read_unevaluated, set_aside, settle_contains

if TYPE_CHECKING:
    from pytest_apiversion.diff.values.pattern_sets import Texts

_MAX_PARTS = 500

_MOST_INNER = 10
"""Alternatives' own lists of alternatives that are looked at together with the schema."""


class Views:
    """The views of one document's schemas, each made once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._made: dict[int, View] = {}
        self._open: set[int] = set()
        self._texts: list[Texts] = []
        self.samples: dict[tuple[int, str, int], tuple[Any, list[Any]]] = {}

    def texts(self) -> Texts:
        """What answers questions about the patterns of the document."""
        if not self._texts:
            from pytest_apiversion.diff.values.pattern_sets import Texts  # noqa: PLC0415  few documents need it

            self._texts.append(Texts())
        return self._texts[0]

    def of(self, node: Node) -> View:
        """The view of a schema."""
        key = id(node.raw)
        found = self._made.get(key) if isinstance(node.raw, (dict, tuple)) else None
        if found is None:
            found = View()
            if key in self._open:
                return found  # it is its own alternative
            self._open.add(key)
            found.null = self._absorb(found, node, ())
            self._open.discard(key)
            _settle(found)
            self._hold_alternatives(found)
            self._made[key] = found
        return found

    def _absorb(  # noqa: C901, PLR0912  one branch a kind of part
        self, view: View, node: Node, seen: tuple[int, ...]
    ) -> bool | None:
        raw = node.raw
        view.parts += 1
        if isinstance(raw, tuple):
            return both([self._absorb(view, part, seen) for part in raw])
        if raw is False:
            view.types = frozenset()
            return False
        if not isinstance(raw, dict) or id(raw) in seen or view.parts > _MAX_PARTS:
            return None
        seen = (*seen, id(raw))
        reference = raw.get("$ref")
        nulls: list[bool | None] = []
        beside = set_aside(view)
        if isinstance(reference, str):
            nulls.append(self._absorb(view, self.document.target(reference), seen))
            if self.document.old:
                read_unevaluated(view, Node({}, "", ""), beside, self.of)
                return nulls[0]
        if isinstance(reference := raw.get("$dynamicRef"), str):
            nulls.append(self._absorb(view, self.document.target(reference), seen))
        own: bool | None = None
        for key, value in raw.items():
            reader = READERS.get(key)
            if reader:
                reader(view, key, value, node)
            elif key == "allOf" and isinstance(value, list):
                nulls.extend(
                    self._absorb(view, Node(part, f"{node.place}/allOf/{index}", node.label), seen)
                    for index, part in enumerate(value)
                )
            elif key == "not":
                held = read_negation(self.document, view, value, node)
                nulls.extend(self._absorb(view, part, seen) for part in held)
            elif key in {"oneOf", "anyOf"} and isinstance(value, list) and value:
                nulls.append(self._group(view, key, value, node, seen))
        kind = raw.get("type")
        if kind is not None:
            own = kind == "null" or (isinstance(kind, list) and "null" in kind)
        if own is None or own:
            lists = [raw["enum"]] if isinstance(raw.get("enum"), list) else []
            lists += [[raw["const"]]] if "const" in raw else []
            if lists:
                own = all(None in values for values in lists)
        read_bounds(view, raw, node)
        if (word := surely(raw)) and word in raw:
            nulls.append(self._absorb(view, Node(raw[word], f"{node.place}/{word}", node.label), seen))
        elif "if" in raw and not word:
            read_condition(view, raw, node)
        read_unevaluated(view, node, beside, self.of)
        if self.document.old and raw.get("nullable") is True:
            # by the letter a list without null forbids it (OpenAPI 3.0.3), by custom it need not name it: nothing is said then
            return None if isinstance(raw.get("enum"), list) and None not in raw["enum"] else True
        return both([own, *nulls])

    def _hold_alternatives(self, view: View) -> None:
        """Leave out alternatives of types that the schema itself forbids, as long as one is left."""
        if view.types is None or not view.groups:
            return
        for group in view.groups:
            kinds = [self.of(node).types for node in group.nodes]
            fit = [node for node, types in zip(group.nodes, kinds, strict=True) if types is None or types & view.types]
            group.nodes = fit or group.nodes

    def _inner(self, node: Node) -> list[Node]:
        """The alternatives of an alternative that is nothing but an `anyOf` itself; else the alternative."""
        view = self.of(node)
        if len(view.groups) != 1 or view.types is not None or not view.only_groups or view.one_ofs:
            return [node]
        return view.groups[0].nodes

    def _note_inner(self, view: View, nodes: list[Node]) -> None:
        """Keep the `oneOf`s that stand in alternatives; what a single one says, the schema says itself."""
        for part in map(self.of, nodes if len(nodes) > 1 else ()):
            room = _MOST_INNER - len(view.inner_one_ofs)
            view.inner_one_ofs += [*part.one_ofs, *part.inner_one_ofs][:room]

    def _group(self, view: View, key: str, value: list[Any], node: Node, seen: tuple[int, ...]) -> bool | None:
        place = f"{node.place}/{key}"
        nodes = [Node(part, f"{place}/{index}", node.label) for index, part in enumerate(value)]
        nodes = [part for part in nodes if not (isinstance(part.raw, dict) and id(part.raw) in seen)]
        nodes = [part for part in nodes if part.raw is not False] or nodes
        if key == "oneOf" and len(nodes) > 1:
            view.one_ofs.append(Group(nodes, place))
        marks = self.document.old and key == "anyOf"
        rest = [part for part in nodes if not (self.of(part).only_null or (marks and part.raw == OR_NULL))]
        null = len(rest) < len(nodes)
        if not rest:
            view.types = frozenset()
            return True
        null = null or (len(rest) > 1 and True in [self.of(part).null for part in rest])
        self._note_inner(view, rest)
        inner = [self._inner(part) for part in rest]
        rest = [node for nodes in inner for node in nodes]
        if sum(map(len, inner)) > len(inner) and key == "anyOf":  # what alternatives share is an alternative once
            rest = list({_identity(node): node for node in reversed(rest)}.values())[::-1]
        views = [self.of(part) for part in rest]
        null = null or (len(rest) > 1 and True in [part.null for part in views])
        left = essential(views)
        rest, views = [rest[index] for index in left], [views[index] for index in left]
        if len(rest) == 1:
            only = self._absorb(view, rest[0], seen)
            return True if null else only
        if all(part.bare and part.types is not None for part in views):
            narrow_types(view, frozenset().union(*(part.types for part in views if part.types is not None)))
            view.at.setdefault("type", place)
        elif all(
            part.enum is not None and not part.properties and not part.groups and part.types is not None
            for part in views
        ):
            narrow_types(view, frozenset().union(*(part.types for part in views if part.types is not None)))
            narrow_enum(view, [one for part in views for one in part.enum or ()])
            view.at.setdefault("enum", place)
        else:
            view.groups.append(Group(rest, place))
            if all(part.types is not None for part in views):
                kinds = frozenset().union(*(part.types for part in views if part.types is not None))
                view.among = kinds if view.among is None else view.among & kinds
        inner_nulls = [part.null for part in views]
        if null or True in inner_nulls:
            return True
        return None if None in inner_nulls else False


def _identity(node: Node) -> object:
    """What tells an alternative from others: what it refers to, where it is nothing but a reference."""
    raw = node.raw
    return raw["$ref"] if isinstance(raw, dict) and len(raw) == 1 and isinstance(raw.get("$ref"), str) else id(raw)


def _spread_patterns(view: View) -> None:
    """Hold every member to what a pattern says that all names match; what is said of all others is about none then."""
    for pattern in PATTERNS_OF_ALL.intersection(view.patterns):
        nodes = view.patterns.pop(pattern)
        view.others, view.closed = list(nodes), None
        for listed in view.properties.values():
            listed.extend(nodes)


def _settle_members(view: View) -> None:
    """Leave out patterns that say nothing, and members of a closed object that can have no value."""
    free = not (view.closed or view.others or "unevaluatedProperties" in view.values)
    for pattern in [
        name for name, nodes in view.patterns.items() if free and all(one.raw in (True, {}) for one in nodes)
    ]:
        del view.patterns[pattern]
    if view.closed and not view.patterns:
        never = [name for name, nodes in view.properties.items() if any(one.raw is False for one in nodes)]
        for name in never:
            if name not in view.required:
                del view.properties[name]


def _settle_needed(view: View) -> None:
    """Say what members that are always there need as needed always; not where one is marked so that it may be missing."""
    needs: dict[str, tuple[list[str], str]] = view.maps.get("dependentRequired", {})
    waiting = [name for name in view.required if name in needs]
    while waiting:
        name = waiting.pop()
        if name not in needs or any(_marked(one.raw) for one in view.properties.get(name, ())):
            continue
        names, place = needs.pop(name)
        for other in names:
            if other not in view.required:
                view.required[other] = place
                waiting.append(other)
    if not needs:
        view.maps.pop("dependentRequired", None)


def _marked(raw: Any) -> bool:
    """Whether a member may be missing by its mark, or may be for all that is seen here."""
    return not isinstance(raw, dict) or bool(raw.keys() & {"readOnly", "writeOnly", "$ref", "allOf"})


def _list_one(view: View) -> None:
    """List the value of a whole number, or of a text, that can be but one."""
    if view.types == frozenset({"string"}) and view.values.get("maxLength") == 0 and not view.values.get("pattern"):
        view.enum, view.const = [""], True
        view.at.setdefault("enum", view.at["maxLength"])
        del view.values["maxLength"]
    if view.types == frozenset({"integer"}) and view.lower == view.upper and view.lower and not view.lower[1]:
        value = view.lower[0]
        if value == int(value) and not view.values.get("multipleOf"):
            view.enum, view.const, view.lower, view.upper = [int(value)], True, None, None
            view.at.setdefault("enum", view.at["minimum"])


def _settle(view: View) -> None:
    """Hold types to the listed values and those to the types; where nothing would be left, one of the two is a slip, and both stay.

    What follows from what else is said is left out: a multiple of a whole number is whole.
    """
    hold_forbidden(view)
    _spread_patterns(view)
    if view.patterns:
        settle_written_names(view)
    settle_contains(view)
    _settle_needed(view)
    settle_names(view)
    _settle_members(view)
    hold_range(view)
    settle_steps(view)
    if view.closed and not view.patterns and view.values.get("maxProperties", -1) >= len(view.properties):
        del view.values["maxProperties"]  # there are no more of them anyway
    if "minProperties" in view.values:
        settle_number_of_members(view)
    if view.enum is None:
        _list_one(view)
        return
    if view.types in {None, frozenset({"boolean"})} and sorted(map(repr, view.enum)) == ["False", "True"]:
        view.types, view.enum = frozenset({"boolean"}), None  # that is all a boolean can be
        return
    if not view.enum and view.null:
        view.types, view.enum = frozenset(), None  # null is all that was listed
        return
    kinds = frozenset(map(kind_of, view.enum))
    types = kinds if view.types is None else kinds & view.types
    if types:
        view.types = types
        view.enum = [value for value in view.enum if kind_of(value) in types]
