"""Whether one schema surely takes every value of another: a proof by pieces, bounded by steps. What is not proved may still be so."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from pytest_apiversion.diff.document import OR_NULL, Document, Node
from pytest_apiversion.diff.inclusion.cuts import but, cuts, is_pattern
from pytest_apiversion.diff.inclusion.piece import Piece
from pytest_apiversion.diff.inclusion.pieces import Pieces, TooMany, contained, reference
from pytest_apiversion.diff.inclusion.scalars import beyond, number_taken, text_taken
from pytest_apiversion.diff.values.check import takes
from pytest_apiversion.diff.values.patterns import matches

if TYPE_CHECKING:
    from pytest_apiversion.diff.values.pattern_sets import Texts

_DEEPEST, _MOST_ITEMS = 40, 30

_UNREAD = frozenset({"not", "$dynamicRef", "$recursiveRef"})
_UNREAD_OF_OBJECTS = frozenset({"dependentSchemas", "dependencies", "propertyNames", "unevaluatedProperties"})
_UNREAD_OF_LISTS = frozenset({"maxContains", "unevaluatedItems"})
"""Keywords of the wide schema that prove nothing here."""

_TYPES = {"integer": {"integer", "number"}, "fraction": {"number"}}


class Inclusion:
    """Asks whether schemas of one document are included in schemas of another.

    Args:
        narrow: The document whose values are to be taken.
        wide: The document that is to take them.
        hidden: The mark of members that need not be there: `readOnly` of what is sent, `writeOnly` of what is answered.
        equal: Whether two parts, one of each document, are alike.
        texts: Gives what answers questions about patterns.
    """

    def __init__(
        self,
        narrow: Document,
        wide: Document,
        *,
        hidden: str,
        equal: Callable[[Any, Any], bool],
        texts: Callable[[], Texts],
    ) -> None:
        self._texts = texts
        self._pieces = Pieces(narrow, hidden, texts)
        self._wide = wide
        self._wide_pieces = Pieces(wide, hidden, texts)
        self._equal = equal
        self._hidden = hidden
        self._asked: set[tuple[Any, ...]] = set()

    def holds(self, narrow: Node, wide: Node) -> bool:
        """Whether it is proved that the wide schema takes every value of the narrow one, and that there is one."""
        self._pieces.start()
        self._wide_pieces.start()
        self._asked.clear()
        some = False
        try:
            for piece in self._pieces.of([narrow]):
                some = True
                if not self._in(piece, wide.raw, 0):
                    return False
        except (TooMany, OverflowError):
            return False
        return some

    def _all(self, nodes: list[Node], raw: Any, depth: int) -> bool:
        """Whether a schema takes every value that several schemas allow at once."""
        if raw is True or raw == {} or any(self._alike(node.raw, raw) for node in nodes):
            return True
        name = (*(id(node.raw) for node in nodes), id(raw))
        if name in self._asked:
            return True  # the value is smaller than the one it is asked for, so that this is what was to be proved
        self._asked.add(name)
        try:
            return all(self._in(piece, raw, depth + 1) for piece in self._pieces.of(nodes))
        finally:
            self._asked.discard(name)

    def _alike(self, narrow: Any, wide: Any) -> bool:
        if isinstance(narrow, tuple):
            return any(self._alike(node.raw, wide) for node in narrow)
        return isinstance(narrow, (dict, bool)) and isinstance(wide, (dict, bool)) and self._equal(narrow, wide)

    def _in(self, piece: Piece, raw: Any, depth: int, beside: frozenset[str] = frozenset()) -> bool:
        """Whether a schema takes every value of a piece; `beside` it these members are described."""
        self._pieces.step()
        if isinstance(raw, tuple):
            beside |= self._wide_pieces.named([node.raw for node in raw])
            return all(self._in(piece, node.raw, depth + 1, beside) for node in raw)
        if not isinstance(raw, dict) or depth > _DEEPEST:
            return raw is True
        if piece.values is not None:
            return all(self._takes(raw, one) for one in piece.values)
        if isinstance(raw.get("$ref"), str):
            led = self._in(piece, self._wide.target(raw["$ref"]).raw, depth + 1, beside)
            rest = {} if self._wide.old else {word: part for word, part in raw.items() if word != "$ref"}
            return led and self._in(piece, rest, depth + 1, beside)
        return (
            self._plainly(piece, raw)
            and ("if" not in raw or self._conditional(piece, raw, depth, beside))
            and self._combined(piece, raw, depth, beside)
            and self._own(piece, raw, depth, beside)
        )

    def _plainly(self, piece: Piece, raw: dict[str, Any]) -> bool:
        """Whether neither type nor listed values keep a piece out, and nothing stands there that is not read."""
        if raw.keys() & _UNREAD or raw == OR_NULL or isinstance(raw.get("enum"), list) or "const" in raw:
            return False
        told = raw.get("type")
        names = set(told) if isinstance(told, list) else {told}
        return told is None or bool(names & _TYPES.get(piece.kind, {piece.kind}))

    def _conditional(self, piece: Piece, raw: dict[str, Any], depth: int, beside: frozenset[str]) -> bool:
        """Whether a piece is taken by what a condition comes to: where it surely holds or surely does not, by one of the two."""
        beside |= frozenset(raw["properties"] if isinstance(raw.get("properties"), dict) else ())
        held = [raw.get(word, True) for word in ("then", "else")]
        if self._in(piece, raw["if"], depth + 1, beside):
            held = held[:1]
        elif self._outside(piece, raw["if"]):
            held = held[1:]
        return all(part in (True, {}) or self._in(piece, part, depth + 1, beside) for part in held)

    def _outside(self, piece: Piece, raw: Any) -> bool:
        """Whether no object of a piece is as a condition asks: a member is never there, or always another value than it lists."""
        if piece.kind != "object" or not isinstance(raw, dict) or "$ref" in raw:
            return raw is False
        there = set(self._pieces.required(piece))
        asked = raw.get("required", ())
        return any(self._never(piece, name) for name in asked) or any(
            name in there.union(asked) and self._pieces.are_few(piece.held(name), partial(self._refuses, part))
            for name, part in raw.get("properties", {}).items()
        )

    def _combined(self, piece: Piece, raw: dict[str, Any], depth: int, beside: frozenset[str]) -> bool:
        parts = raw["allOf"] if isinstance(raw.get("allOf"), list) else []
        if piece.kind == "object":
            beside |= self._wide_pieces.named([*parts, {"properties": raw.get("properties", {})}])
        if not all(self._in(piece, part, depth + 1, beside) for part in parts):
            return False
        return all(
            any(
                self._stands_for(part, piece, beside) and self._in(piece, part, depth + 1, beside) for part in raw[word]
            )
            or self._split(piece, word, raw[word], depth)
            for word in ("anyOf", "oneOf")
            if isinstance(raw.get(word), list)
        )

    def _stands_for(self, part: Any, piece: Piece, beside: frozenset[str]) -> bool:
        """Whether an alternative may be meant to take a piece: objects of another name, or with other members, are another thing."""
        if piece.kind != "object":
            return True
        name = reference(part)
        if name and piece.called and name not in piece.called:
            return False
        view = self._wide_pieces.views.of(Node(part, "", ""))
        all_views = [view, *(self._wide_pieces.views.of(node) for group in view.groups for node in group.nodes)]
        known = {name for one in all_views for name in one.properties}
        free = any(one.others or one.patterns for one in all_views) or not known
        return free or (known | beside).issuperset(piece.names())

    def _split(self, piece: Piece, word: str, alternatives: list[Any], depth: int) -> bool:
        """Whether alternatives take a piece together that none of them takes alone: numbers and lengths, cut at their limits."""
        if piece.kind not in {"integer", "fraction", "string"}:
            return False
        if piece.kind == "string" and self._by_patterns(piece, alternatives):
            return True
        if self._but_listed(piece, word, alternatives, depth):
            return True
        for below, above in cuts(self._wide_pieces.views, piece.kind, alternatives):
            if not (beyond(piece.lower, below, piece.kind) or beyond(above, piece.upper, piece.kind)):
                halves = piece._replace(upper=below), piece._replace(lower=above)
                return all(self._in(half, {word: alternatives}, depth + 1) for half in halves)
        return False

    def _by_patterns(self, piece: Piece, alternatives: list[Any]) -> bool:
        """Whether alternatives that say nothing but a pattern take the texts of a piece together."""
        parts = [self._wide.schema(Node(part, "", "")).raw for part in alternatives]
        told = [part["pattern"] for part in parts if is_pattern(part)]
        union = "|".join(f"(?:{one})" for one in told)
        said, least, most = piece.said("pattern"), piece.least("minLength"), piece.most("maxLength")
        return len(told) > 1 and self._texts().includes(said, [union], int(least), most) is True

    def _but_listed(self, piece: Piece, word: str, alternatives: list[Any], depth: int) -> bool:
        """Whether one alternative takes a piece but for values that it lists behind `not`, and others take those."""
        for part in alternatives:
            rest, values = but(self._wide.schema(Node(part, "", "")).raw)
            if values and all(self._takes({word: alternatives}, one) for one in values):
                return self._in(piece, rest, depth + 1)
        return False

    def _takes(self, raw: Any, value: Any) -> bool:
        return takes(self._wide, raw, value, hidden=self._hidden, loose=True) is True

    def _refuses(self, raw: Any, value: Any) -> bool:
        return takes(self._wide, raw, value, hidden=self._hidden, loose=True) is False

    def _own(self, piece: Piece, raw: dict[str, Any], depth: int, beside: frozenset[str]) -> bool:
        if isinstance(raw.get("format"), str) and raw["format"] not in piece.said("format"):
            return False
        if piece.kind in {"integer", "fraction"}:
            return number_taken(piece, raw)
        if piece.kind == "string":
            return text_taken(piece, raw, self._texts)
        return self._list(piece, raw, depth) if piece.kind == "array" else self._object(piece, raw, depth, beside)

    def _list(self, piece: Piece, raw: dict[str, Any], depth: int) -> bool:
        longest, least = self._pieces.longest(piece), piece.least("minItems")
        if raw.keys() & _UNREAD_OF_LISTS or least < raw.get("minItems", 0) or longest > raw.get("maxItems", math.inf):
            return False
        if raw.get("uniqueItems") is True and longest > 1 and not piece.unique():
            return False
        first = raw.get("prefixItems", [])
        size = max(piece.places(), len(first)) + 1
        if size > _MOST_ITEMS:
            return False
        items = [piece.item(index) for index in range(int(min(size, longest)))]
        wanted = [first[index] if index < len(first) else raw.get("items", True) for index in range(len(items))]
        if not all(self._all(nodes, part, depth) for nodes, part in zip(items, wanted, strict=True)):
            return False
        return "contains" not in raw or self._contains(piece, items, raw["contains"], raw.get("minContains", 1), depth)

    def _contains(self, piece: Piece, items: list[list[Node]], raw: Any, number: int, depth: int) -> bool:
        """Whether every list of a piece has so many items of a kind: by their place, or as it has to contain one of that kind anyway."""
        sure = [self._all(nodes, raw, depth) for nodes in items]
        least = piece.least("minItems")
        if (least if all(sure) else sum(sure[: int(least)])) >= number:
            return True
        kept = [one for view in piece.views for one in contained(view)]
        return number <= 1 and any(all(self._all([*nodes, one], raw, depth) for nodes in items) for one in kept)

    def _object(self, piece: Piece, raw: dict[str, Any], depth: int, beside: frozenset[str]) -> bool:
        needed = set(self._pieces.required(piece))
        return (
            not raw.keys() & _UNREAD_OF_OBJECTS
            and self._counted(piece, raw, needed)
            and self._has_required(piece, raw, needed)
            and self._members(piece, raw, depth, beside)
            and self._other_members(piece, raw, depth)
        )

    def _has_required(self, piece: Piece, raw: dict[str, Any], needed: set[str]) -> bool:
        properties = raw.get("properties", {})
        if not all(
            name in needed or self._wide_pieces.marked(properties.get(name)) for name in raw.get("required", ())
        ):
            return False
        for name, others in raw.get("dependentRequired", {}).items():
            known = [view.maps.get("dependentRequired", {}).get(name, ([],))[0] for view in piece.views]
            if not (needed.union(*known).issuperset(others) or self._never(piece, name)):
                return False
        return True

    def _members(self, piece: Piece, raw: dict[str, Any], depth: int, beside: frozenset[str]) -> bool:
        """Whether the members that the wide schema describes are taken; one that the narrow schema does not is taken for none that is sent."""
        told, names = raw.get("properties", {}), piece.names()
        # Otherwise it is an object of another kind, or of any.
        known = bool(names) and beside.union(told).issuperset(names)
        return all(
            self._all(piece.held(name), part, depth)
            for name, part in told.items()
            if not (self._never(piece, name) or (known and part is not False and piece.silent(name)))
        )

    def _other_members(self, piece: Piece, raw: dict[str, Any], depth: int) -> bool:
        """Whether the members that the wide schema does not describe by name are taken."""
        properties, patterns = raw.get("properties", {}), raw.get("patternProperties", {})
        rest = [*patterns.values(), raw.get("additionalProperties", True)]
        if all(part in (True, {}) for part in rest):
            return True
        names = [name for name in piece.names() if not self._never(piece, name)]
        if any(view.patterns for view in piece.views) or None in [
            matches(one, name) for one in patterns for name in names
        ]:
            return False
        for name in names:
            covering = [part for one, part in patterns.items() if matches(one, name)]
            if not covering and name not in properties:
                covering = rest[-1:]
            if not all(self._all(piece.held(name), part, depth) for part in covering):
                return False
        others = [node for view in piece.views for node in view.others]
        return piece.closed() or all(self._all(others, part, depth) for part in rest)

    def _counted(self, piece: Piece, raw: dict[str, Any], needed: set[str]) -> bool:
        least = max(piece.least("minProperties"), len(needed))
        most = min(piece.most("maxProperties"), len(piece.names()) if piece.closed() else math.inf)
        return bool(least >= raw.get("minProperties", 0) and most <= raw.get("maxProperties", math.inf))

    def _never(self, piece: Piece, name: str) -> bool:
        """Whether no object of a piece has a member."""
        return piece.forbids(name) or self._pieces.nothing(piece.held(name))
