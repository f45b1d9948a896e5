"""Parts of a document that could not be read and were left out: of them nothing is known, so that nothing is said.

Who reads a broken document puts a mark in the place of each (`MARK`). What holds a part is known without it, but where the part may say
anything of the whole: a schema with such a part in `allOf`, `oneOf` or `anyOf`, in `not`, or in a condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_apiversion.diff.document import Document, Node

MARK = "x-apiversion-left-out"
"""The member that stands in the place of what was left out."""

_ALONE = frozenset(
    {
        "items",
        "prefixItems",
        "additionalItems",
        "additionalProperties",
        "unevaluatedItems",
        "unevaluatedProperties",
        "propertyNames",
        "contentSchema",
        "default",
        "example",
        "examples",
        "discriminator",
        "externalDocs",
        "xml",
        "description",
        "title",
        "$comment",
        "$defs",
        "definitions",
    }
)
"""Keywords whose value is compared by itself or means nothing: one that was left out leaves the rest of the schema known."""

_MAPS = frozenset({"properties", "patternProperties"})


def left_out(raw: Any) -> bool:
    """Whether a part itself was left out."""
    return isinstance(raw, dict) and MARK in raw


def marked(raw: Any) -> bool:
    """Whether a part, or one of the parts that it lists or names, was left out."""
    if isinstance(raw, dict):
        return MARK in raw or any(map(left_out, raw.values()))
    return isinstance(raw, list) and any(map(left_out, raw))


class Unknown:
    """The schemas of a document of which something is unknown that may concern every value.

    Args:
        document: The document.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[int, bool] = {}
        self._kept: list[dict[str, Any]] = []

    def of(self, node: Node) -> bool:
        """Whether a schema is one of them."""
        raw = node.raw
        if isinstance(raw, tuple):
            return any(map(self.of, raw))
        if not isinstance(raw, dict):
            return False
        if id(raw) not in self._known:
            self._look(raw)
        return self._known[id(raw)]

    def _look(self, raw: dict[str, Any]) -> None:
        """Learn it of a schema and of all that it leads to: of those in which something was left out, and back from them."""
        holders: dict[int, list[int]] = {}
        unknown: list[int] = []
        seen, queue = {id(raw)}, [raw]
        while queue:
            schema = queue.pop()
            if self._known.get(id(schema), _has_mark(schema)):
                unknown.append(id(schema))
            if id(schema) in self._known:
                continue
            self._known[id(schema)] = False
            self._kept.append(schema)  # so that nothing else is ever called by its number
            for part in self._parts(schema):
                holders.setdefault(id(part), []).append(id(schema))
                if id(part) not in seen:
                    seen.add(id(part))
                    queue.append(part)
        while unknown:
            name = unknown.pop()
            self._known[name] = True
            unknown.extend(holders.pop(name, ()))

    def _parts(self, raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The schemas that may say something of every value of a schema."""
        reference = raw.get("$ref")
        if isinstance(reference, str):
            yield from filter(_is_schema, (self._document.target(reference).raw,))
        for word, value in raw.items():
            if word in _ALONE or word in _MAPS or word.startswith("x-"):
                continue
            parts = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
            yield from filter(_is_schema, parts)
            if word == "dependentSchemas" and isinstance(value, dict):
                yield from filter(_is_schema, value.values())


def _is_schema(value: Any) -> bool:
    return isinstance(value, dict)


def _has_mark(raw: dict[str, Any]) -> bool:
    """Whether something was left out in a schema itself, other than a member that is compared alone."""
    return MARK in raw or any(left_out(raw.get(word)) for word in _MAPS)
