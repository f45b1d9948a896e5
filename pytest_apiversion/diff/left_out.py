"""Parts of a document that could not be read and were left out: of them nothing is known, so that nothing is said.

Who reads a broken document puts a mark in the place of each (`MARK`). What holds a part is known without it, but where the part may say
anything of the whole: a schema with such a part in `allOf`, `oneOf` or `anyOf`, in `not`, or in a condition.
"""

from __future__ import annotations

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

    def of(self, node: Node) -> bool:
        """Whether a schema is one of them."""
        raw = node.raw
        if isinstance(raw, tuple):
            return any(map(self.of, raw))
        if not isinstance(raw, dict):
            return False
        found = self._known.get(id(raw))
        if found is None:
            self._known[id(raw)] = False  # it leads to itself
            found = self._known[id(raw)] = self._look(raw)
        return found

    def _look(self, raw: dict[str, Any]) -> bool:
        if MARK in raw:
            return True
        reference = raw.get("$ref")
        if isinstance(reference, str) and self.of(self._document.target(reference)):
            return True
        for word, value in raw.items():
            if word in _ALONE or word.startswith("x-"):
                continue
            if word in _MAPS or not isinstance(value, (dict, list)):
                if left_out(value):
                    return True
                continue
            parts = [value] if isinstance(value, dict) else value
            if word == "dependentSchemas" and isinstance(value, dict):
                parts = [value, *value.values()]
            if any(self.of(Node(part, "", "")) for part in parts):
                return True
        return False
