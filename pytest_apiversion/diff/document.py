"""A document to compare: what its references lead to, and where everything stands. Pure: the shell reads the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import unquote

_MAX_CHAIN = 50
_SCHEMAS = "#/components/schemas/"
_MOST_TAKEN_OVER = 200


class Node(NamedTuple):
    """A part of a document.

    Attributes:
        raw: What stands there; a tuple of nodes stands for all of them at once.
        place: JSON pointer to it.
        label: What a reader would call it: `Pet.name`, `body`, `limit`.
    """

    raw: Any
    place: str
    label: str


class Document:
    """An OpenAPI 3 document.

    Args:
        raw: Its plain value; references lead inside it.
        dialect: `3.0`, `3.1` or `3.2`.
        partial: Whether parts of it were left out; see `left_out`.
        every: Every reference in it, where somebody looked.

    Attributes:
        served: The paths of each list of servers, by its identity.
    """

    def __init__(
        self, raw: dict[str, Any], dialect: str, *, partial: bool = False, every: frozenset[str] | None = None
    ) -> None:
        self.raw = raw
        self.partial = partial
        self.every = every
        self.dialect = dialect
        self.old = dialect == "3.0"
        self.absent: dict[str, Node] = {}
        self.served: dict[int, tuple[str, ...]] = {}
        self._targets: dict[str, Node] = {}
        self._merged: dict[tuple[int, ...], Node] = {}
        self._references: dict[int, frozenset[str]] = {}
        self._doubts: dict[int, frozenset[str]] = {}
        self._identified: dict[str, tuple[str, ...]] | None = None
        self._kept: list[Any] = []
        self._heirs: dict[str, tuple[str, ...]] | None = None

    def target(self, reference: str) -> Node:
        """What a reference leads to; a node that allows anything where that is nothing."""
        found = self._targets.get(reference)
        if found is None:
            parts = self._parts(reference)
            value: Any = self.raw if parts is not None else None
            for part in parts or ():
                value = _step(value, part)
            place = "".join("/" + escape(part) for part in parts or ())
            found = Node(value if isinstance(value, (dict, bool)) else {}, place, parts[-1] if parts else reference)
            self._targets[reference] = found
        return found

    def follow(self, node: Node) -> Node:
        """A node, or what it leads to when it is a reference and nothing else that counts."""
        for _ in range(_MAX_CHAIN):
            raw = node.raw
            reference = raw.get("$ref") if isinstance(raw, dict) else None
            if not isinstance(reference, str):
                return node
            node = self.target(reference)
        return Node({}, node.place, node.label)

    def schema(self, node: Node) -> Node:
        """A schema, or what it leads to when it is a bare reference (in OpenAPI 3.0: any reference)."""
        for _ in range(_MAX_CHAIN):
            raw = node.raw
            if not isinstance(raw, dict):
                return node
            reference = raw.get("$ref")
            if not isinstance(reference, str) or not (self.old or len(raw) == 1 or raw.keys() <= _BESIDE):
                return node
            node = self.target(reference)
        return Node({}, node.place, node.label)

    def rings(self) -> list[str]:
        """References that lead to nothing but themselves, through others too; sorted."""
        onward = {
            reference: raw["$ref"]
            for reference in (self.references(self.raw) if self.every is None else self.every)
            if isinstance(raw := self.target(reference).raw, dict)
            and isinstance(raw.get("$ref"), str)
            and (len(raw) == 1 or self.old)
        }
        good: set[str] = set()
        found: set[str] = set()
        for reference in onward:
            path: dict[str, None] = {}
            here = reference
            while here in onward and here not in good and here not in path and here not in found:
                path[here] = None
                here = onward[here]
            (found if here in path or here in found else good).update(path)
        return sorted(found)

    def merged(self, nodes: list[Node]) -> Node:
        """Several schemas that hold at once, as one node."""
        if len(nodes) == 1:
            return nodes[0]
        key = tuple(id(node.raw) for node in nodes)
        found = self._merged.get(key)
        if found is None:
            found = self._merged[key] = Node(tuple(nodes), nodes[0].place, nodes[0].label)
        return found

    def taken_over(self, node: Node) -> set[str]:
        """Where the schemas stand that a schema has to be like besides what it says itself, of its first 200."""
        found: set[str] = set()
        stack = [node]
        while stack and len(found) < _MOST_TAKEN_OVER:
            raw = stack.pop().raw
            if isinstance(raw, tuple):
                stack.extend(raw)
            if not isinstance(raw, dict):
                continue
            for part in (raw, *(raw["allOf"] if isinstance(raw.get("allOf"), list) else ()), *_or_null(raw)):
                reference = part.get("$ref") if isinstance(part, dict) else None
                if isinstance(reference, str) and (target := self.target(reference)).place not in found:
                    found.add(target.place)
                    stack.append(target)
        return found

    def heirs(self) -> dict[str, tuple[str, ...]]:
        """By the place of a schema that a discriminator tells apart without alternatives: references to the components that take it over.

        A value of such a schema is named after one of them (OpenAPI, Discriminator Object), so that it refers to them without a word.
        """
        if self._heirs is None:
            components = self.raw.get("components")
            schemas = components.get("schemas") if isinstance(components, dict) else None
            known = schemas if isinstance(schemas, dict) else {}
            takers: dict[str, list[str]] = {}
            for name, raw in known.items():
                parts = raw.get("allOf") if isinstance(raw, dict) else None
                for part in parts if isinstance(parts, list) else ():
                    if isinstance(part, dict) and isinstance(part.get("$ref"), str):
                        takers.setdefault(part["$ref"], []).append(_SCHEMAS + escape(name))
            self._heirs = {}
            for reference, direct in takers.items():
                node = self.target(reference)
                if isinstance(node.raw, dict) and "discriminator" in node.raw and not node.raw.keys() & _ALTERNATIVES:
                    found = dict.fromkeys(direct)
                    for one in (stack := list(found)):
                        stack += [other for other in takers.get(one, ()) if other not in found]
                        found |= dict.fromkeys(stack)
                    self._heirs[node.place] = tuple(found)
                    self.refer(node, found)
        return self._heirs

    def refer(self, node: Node, references: Iterable[str]) -> None:
        """Take a part for one that has more references than are written in it."""
        self._references[id(node.raw)] = self.references(node.raw).union(references)

    def nothing(self, place: str, label: str, *, allowed: bool = True) -> Node:
        """A schema that is not there: it allows anything, or (`allowed=False`) nothing."""
        key = f"{allowed}{place}"
        if key not in self.absent:
            self.absent[key] = Node({} if allowed else False, place, label)
        return self.absent[key]

    def references(self, raw: Any) -> frozenset[str]:
        """Every reference written inside a value."""
        found = self._references.get(id(raw))
        if found is None:
            found = self._references[id(raw)] = self._look(raw)
            self._kept.append(raw)
        return found

    def _look(self, raw: Any) -> frozenset[str]:
        """Note the references and the doubtful values inside a value and inside each of its parts, each part looked at once."""
        known, found, doubts = self._references, _NONE, _NONE
        for key, child in raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ():
            kind = type(child)
            if kind is dict or kind is list:
                name = id(child)
                inner = known.get(name)
                if inner is None:
                    inner = self._look(child)
                if inner is not found and inner:
                    found = found | inner if found else inner
                if name in self._doubts:
                    doubts |= self._doubts[name]
                if key == "mapping" and kind is dict:  # of a discriminator: it refers without the word
                    found |= {one for one in child.values() if isinstance(one, str) and one.startswith(_SCHEMAS)}
            elif kind is str and (key == "$ref" or key == "$dynamicRef"):  # noqa: PLR1714  a set would be slower
                found |= {child}
            if key in _VALUES and _doubtful(child):
                doubts |= {f"{key} {child!r}"}
        self._note(raw, found, doubts)
        return found

    def _note(self, raw: Any, found: frozenset[str], doubts: frozenset[str]) -> None:
        """Keep what is inside a part; of most parts that is nothing."""
        if found:
            self._references[id(raw)] = found
        if doubts:
            self._doubts[id(raw)] = doubts

    def doubts(self, raw: Any) -> frozenset[str]:
        """The values written inside a value that Python takes for equal and JSON does not: `1` and `true`, `0` and `false`."""
        self.references(raw)
        return self._doubts.get(id(raw), frozenset())

    def _parts(self, reference: str) -> tuple[str, ...] | None:
        if reference == "#":
            return ()
        if reference.startswith("#/"):
            return tuple(part.replace("~1", "/").replace("~0", "~") for part in unquote(reference[1:]).split("/")[1:])
        if self._identified is None:
            self._identified = dict(_identified(self.raw))
        return self._identified.get(reference.rstrip("#"))


_NONE: frozenset[str] = frozenset()

_ALTERNATIVES = frozenset({"oneOf", "anyOf"})

_BESIDE = frozenset({"$ref", "description", "summary", "title", "example", "examples", "$comment", "externalDocs"})
"""What may stand beside a reference without a meaning of its own."""


OR_NULL = {"nullable": True}
"""What OpenAPI 3.0 that was made from code writes among alternatives for null; by the letter it is anything."""

_VALUES = frozenset({"enum", "const", "default", "x-extensible-enum"})


def _doubtful(value: Any) -> bool:
    if isinstance(value, (list, dict)):
        return any(map(_doubtful, value.values() if isinstance(value, dict) else value))
    return isinstance(value, bool) or (isinstance(value, (int, float)) and value in (0, 1))


def escape(part: str) -> str:
    """One part of a JSON pointer (RFC 6901)."""
    return part.replace("~", "~0").replace("/", "~1") if "~" in part or "/" in part else part


def unescape(part: str) -> str:
    """The inverse of `escape`."""
    return part.replace("~1", "/").replace("~0", "~")


def _step(value: Any, part: str) -> Any:
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, list) and part.isascii() and part.isdigit() and int(part) < len(value):
        return value[int(part)]
    return None


def _identified(raw: Any) -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []
    stack: list[tuple[tuple[str, ...], Any]] = [((), raw)]
    while stack:
        parts, value = stack.pop()
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        stack.extend(((*parts, str(key)), child) for key, child in items if isinstance(child, (dict, list)))
        if isinstance(value, dict):
            found.extend(
                (mark + str(value[key]).rstrip("#"), parts) for key, mark in _NAMES if isinstance(value.get(key), str)
            )
    return found[::-1]


_NAMES = (("$id", ""), ("$anchor", "#"), ("$dynamicAnchor", "#"))


def _or_null(raw: dict[str, Any]) -> list[Any]:
    """The one alternative that a schema has besides null; none where it has several."""
    for word in ("anyOf", "oneOf"):
        alternatives = raw.get(word)
        if isinstance(alternatives, list) and len(alternatives) > 1:
            rest = [
                part
                for part in alternatives
                if not (isinstance(part, dict) and (part.get("type") == "null" or part == OR_NULL))
            ]
            if len(rest) == 1:
                return rest
    return []
