"""One document out of several files: what other files hold is put among the components, where any tool finds it.

A frozen contract is one file, so that one digest and one look at the change are enough.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any, NoReturn

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.openapi.document_files import FILES
from pytest_apiversion.shell.openapi.grammar import resolve, unescape, walk
from pytest_apiversion.shell.openapi.schema_references import mapping_of, names_file
from pytest_apiversion.shell.texts.json_text import pointer

if TYPE_CHECKING:
    from pytest_apiversion.shell.openapi.grammar import Place

_FROM_FILES = "#" + pointer((FILES,))

_SECTIONS = {
    "schema": "schemas",
    "parameter": "parameters",
    "header": "headers",
    "response": "responses",
    "example": "examples",
    "request body": "requestBodies",
    "link": "links",
    "callback": "callbacks",
    "security scheme": "securitySchemes",
    "path item": "pathItems",
    "media type": "mediaTypes",
}
"""Members of `components`, by what they hold."""
_SINCE = {"pathItems": "3.1", "mediaTypes": "3.2"}
"""The first OpenAPI that has them; before it, what is referred to is put in the place of the reference."""
_SWAGGER = {"schema": "definitions", "parameter": "parameters", "response": "responses"}


def bundled(document: dict[str, Any], source: str) -> dict[str, Any]:
    """A document that stands alone.

    Args:
        document: As `contract_store.read_document` gives it: the files it refers to under `x-apiversion-files`. Left as it is.
        source: Its source, for mistakes.

    Raises:
        PolicyError: Something it refers to cannot be moved.
    """
    if FILES not in document:
        return document
    made = _Bundle(copy.deepcopy(document), source)
    return made.document


class _Bundle:
    def __init__(self, document: dict[str, Any], source: str) -> None:
        self.document = document
        self._source = source
        self._files = {FILES: document.pop(FILES)}
        self._moved: dict[tuple[str, str], str] = {}
        self._dialect = str(document.get("openapi", ""))
        self._queue: list[tuple[dict[str, Any], str, Place]] = [(document, "document", ())]
        while self._queue:
            start, of, above = self._queue.pop()
            for place, kind, node in walk(start, of, above):
                self._node(place, kind, node)

    def _node(self, place: Place, kind: str, node: dict[str, Any]) -> None:
        named = mapping_of(node)
        for name, target in named.items():
            if isinstance(target, str) and target.startswith(_FROM_FILES):
                named[name] = self._mapped(target)
            elif names_file(target, self.document):
                at = (*place, "discriminator", "mapping", name)
                self._refuse(at, f"a name, or a reference to something that is referred to elsewhere too, got {target}")
        reference = node.get("$ref")
        if not isinstance(reference, str) or not reference.startswith(_FROM_FILES):
            return
        parts = unescape(reference[1:])
        if kind == "parameter" and place[-2:-1] == ("headers",):
            kind = "header"
        section = self._section(kind)
        if section is None:
            self._put_in_place(place, kind, node, parts)
        else:
            if (reference, section[-1]) not in self._moved:
                self._moved[reference, section[-1]] = self._move(parts, kind, section)
            node["$ref"] = self._moved[reference, section[-1]]

    def _mapped(self, reference: str) -> str:
        """The local reference for a mapping to a schema of another file."""
        section = self._section("schema") or ("components", "schemas")
        if (reference, section[-1]) not in self._moved:
            self._moved[reference, section[-1]] = self._move(unescape(reference[1:]), "schema", section)
        return self._moved[reference, section[-1]]

    def _section(self, kind: str) -> tuple[str, ...] | None:
        """Where things of a kind are kept; None where this OpenAPI keeps none."""
        if "swagger" in self.document:
            return (_SWAGGER[kind],) if kind in _SWAGGER else None
        name = _SECTIONS.get(kind)
        return ("components", name) if name and self._dialect >= _SINCE.get(name, "") else None

    def _move(self, parts: tuple[str, ...], kind: str, section: tuple[str, ...]) -> str:
        """Put what stands at a place of another file among the components, and give the reference to it."""
        holder = self.document
        for name in section:
            holder = holder.setdefault(name, {})
        wanted = re.sub(r"[^\w.-]", "_", parts[-1] if len(parts) > 2 else parts[1].rpartition("/")[2].partition(".")[0])  # noqa: PLR2004  the files, a file
        name, number = wanted, 1
        while name in holder:
            number += 1
            name = f"{wanted}_{number}"
        holder[name] = target = copy.deepcopy(resolve(self._files, parts))
        if isinstance(target, dict):
            self._queue.append((target, "parameter" if kind == "header" else kind, (*section, name)))
        return "#" + pointer((*section, name))

    def _put_in_place(self, place: Place, kind: str, node: dict[str, Any], parts: tuple[str, ...]) -> None:
        target = resolve(self._files, parts)
        beside = {key: value for key, value in node.items() if key != "$ref"}
        if not isinstance(target, dict) or len(place) > _DEEPEST:
            self._refuse(place, "a reference that can be put in its place")
        node.clear()
        node.update({**copy.deepcopy(target), **beside})
        self._queue.append((node, kind, place))

    def _refuse(self, place: Place, expected: str) -> NoReturn:
        what = f"{self._source} {pointer(place)}: expected {expected}; bundle the files into one document first"
        raise PolicyError(self._source, [what])


_DEEPEST = 100
"""Names on the way to a place; more of them means that files are put into each other without end."""
