"""Where the references of schemas lead, and the places of the copy that stand for those in the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.openapi.grammar import resolve, unescape
from pytest_apiversion.shell.texts.json_text import pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_CHAIN = 50
"""References to references that are followed."""


class References:
    """The references of one document's schemas.

    Args:
        document: The whole document.
        old: Whether a `$ref` hides what stands beside it (Swagger 2.0, OpenAPI 3.0).
        warn: Told of every oddity.

    Attributes:
        waiting: What was referred to and is not read yet: its place in the document, and in the copy as a JSON pointer.
    """

    def __init__(self, document: Mapping[str, Any], *, old: bool, warn: Callable[[str], None]) -> None:
        self.waiting: list[tuple[tuple[str, ...], str]] = []
        self._document = document
        self._old = old
        self._warn = warn
        self._names: dict[tuple[str, ...], str] = {}
        self._identified: dict[str, tuple[str, ...]] | None = None

    def turn(self, reference: str, place: tuple[str | int, ...]) -> str | None:
        """The reference into the copy that stands for one in the document, None where it leads nowhere; what it leads to waits.

        Args:
            reference: A `$ref` or `$dynamicRef`.
            place: Where it stands.
        """
        if reference.startswith("#/"):
            parts = unescape(reference[1:])
        else:
            found = self._by_id(reference)
            if found is None:
                self._warn(f"{pointer(place)}: the reference {reference} leads nowhere; anything passes")
                return None
            parts = found
        # a schema that is only a reference stands for what it refers to; a ring of them for nothing
        for _ in range(MAX_CHAIN):
            try:
                target = resolve(self._document, parts)
            except LookupError:
                break
            onward = target.get("$ref") if isinstance(target, dict) and (self._old or len(target) == 1) else None
            if not isinstance(onward, str) or not onward.startswith("#/"):
                break
            parts = unescape(onward[1:])
        else:
            self._warn(f"{pointer(place)}: the reference {reference} leads round in a ring; anything passes")
            return None
        if parts not in self._names:
            plain = parts[:-1] in {("components", "schemas"), ("definitions",)}
            turned = "#" + (pointer(parts) if plain else pointer(("components", "schemas", "at" + "~".join(parts))))
            self._names[parts] = turned
            self.waiting.append((parts, turned[1:]))
        return self._names[parts]

    def target(self, part: Any) -> Any:
        """What a schema that may be a reference leads to, through others; None where that is nothing."""
        for _ in range(MAX_CHAIN):
            reference = part.get("$ref") if isinstance(part, dict) else None
            if not isinstance(reference, str) or not reference.startswith("#/"):
                return part
            try:
                part = resolve(self._document, unescape(reference[1:]))
            except LookupError:
                return None
        return None

    def _by_id(self, reference: str) -> tuple[str, ...] | None:
        """Where the schema stands that an `$id` or `$anchor` names."""
        if self._identified is None:
            self._identified = {}
            stack: list[tuple[tuple[str, ...], Any]] = [((), self._document)]
            while stack:
                parts, node = stack.pop()
                items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
                stack.extend(((*parts, str(key)), child) for key, child in items)
                if isinstance(node, dict):
                    for key, mark in (("$id", ""), ("$anchor", "#"), ("$dynamicAnchor", "#")):
                        if isinstance(node.get(key), str):
                            self._identified.setdefault(mark + node[key].rstrip("#"), parts)
        return self._identified.get(reference.rstrip("#")) if reference.rstrip("#") else None
