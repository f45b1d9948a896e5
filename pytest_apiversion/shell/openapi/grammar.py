"""Which kind of OpenAPI object stands where in a document, so that a `$ref` inside an example is never taken for one.

One table serves OpenAPI 3.0 to 3.2 and Swagger 2.0: their field names do not clash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.shell.json_schema.subschemas import SCHEMA_LIST, SCHEMA_MAP, SCHEMA_ONE

if TYPE_CHECKING:
    from collections.abc import Iterator

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""Fields of a path item that are operations; `query` is OpenAPI 3.2's."""

Place = tuple[str | int, ...]

_FIELDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "document": (
        ("paths", "map", "path item"),
        ("webhooks", "map", "path item"),
        ("components", "one", "components"),
        ("definitions", "map", "schema"),
        ("parameters", "map", "parameter"),
        ("responses", "map", "response"),
    ),
    "components": (
        ("schemas", "map", "schema"),
        ("responses", "map", "response"),
        ("parameters", "map", "parameter"),
        ("examples", "map", "example"),
        ("requestBodies", "map", "request body"),
        ("headers", "map", "parameter"),
        ("links", "map", "link"),
        ("callbacks", "map", "callback"),
        ("pathItems", "map", "path item"),
        ("securitySchemes", "map", "security scheme"),
        ("mediaTypes", "map", "media type"),
    ),
    "path item": (
        *((method, "one", "operation") for method in METHODS),
        ("additionalOperations", "map", "operation"),
        ("parameters", "list", "parameter"),
    ),
    "operation": (
        ("parameters", "list", "parameter"),
        ("requestBody", "one", "request body"),
        ("responses", "map", "response"),
        ("callbacks", "map", "callback"),
    ),
    "callback": (("", "map", "path item"),),
    "parameter": (
        ("schema", "one", "schema"),
        ("content", "map", "media type"),
        ("examples", "map", "example"),
        ("items", "one", "schema"),
    ),
    "request body": (("content", "map", "media type"),),
    "media type": (
        ("schema", "one", "schema"),
        ("itemSchema", "one", "schema"),
        ("examples", "map", "example"),
        ("encoding", "map", "encoding"),
    ),
    "encoding": (("headers", "map", "parameter"),),
    "response": (
        ("headers", "map", "parameter"),
        ("content", "map", "media type"),
        ("links", "map", "link"),
        ("schema", "one", "schema"),
    ),
    "schema": (
        *((name, "one", "schema") for name in SCHEMA_ONE),
        *((name, "map", "schema") for name in SCHEMA_MAP),
        *((name, "list", "schema") for name in SCHEMA_LIST),
    ),
}


_NAMES = {
    kind: frozenset(name for name, _, _ in fields)
    for kind, fields in _FIELDS.items()
    if all(name for name, _, _ in fields)
}
"""The names by which objects of a kind have others in them, where all have names."""


def children(node: dict[str, Any], kind: str) -> Iterator[tuple[Place, str, Any]]:
    """The objects right inside an object: their place in it, kind and value; only dicts are given."""
    if kind in _NAMES and _NAMES[kind].isdisjoint(node):
        return
    for name, shape, inner in _FIELDS.get(kind, ()):
        value = node.get(name) if name else node
        place: Place = (name,) if name else ()
        if shape == "one" and isinstance(value, dict):
            yield place, inner, value
        elif shape == "map" and isinstance(value, dict):
            for key, child in value.items():
                if isinstance(child, dict) and not (kind != "schema" and inner != "schema" and key.startswith("x-")):
                    yield (*place, key), inner, child
        elif shape == "list" and isinstance(value, list):
            yield from (((*place, index), inner, child) for index, child in enumerate(value) if isinstance(child, dict))


def walk(node: dict[str, Any], kind: str, place: Place = ()) -> Iterator[tuple[Place, str, dict[str, Any]]]:
    """Every object in an object, itself first, in document order, without recursion and without following references."""
    stack: list[tuple[Place, str, dict[str, Any]]] = [(place, kind, node)]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(reversed([((*here[0], *inner), name, child) for inner, name, child in children(here[2], here[1])]))


_IN_PLACE = frozenset({"media type", "encoding"})
"""What no reference can stand for before OpenAPI 3.2."""


def groups_of(kind: str) -> dict[str, type]:
    """The members of an object of a kind that hold several things, each of which a reference may stand for: by names, or parameters in a list.

    What has names in `components` counts as such.
    """
    fields = _FIELDS.get(kind, ())
    found: dict[str, type] = {"components": dict} if kind == "document" else {}
    found |= {name: dict for name, shape, inner in fields if name and shape == "map" and inner not in _IN_PLACE}
    return found | {name: list for name, shape, inner in fields if shape == "list" and inner == "parameter"}


def unescape(fragment: str) -> tuple[str, ...]:
    """The parts of a JSON pointer in a URI fragment (`/a~1b/c%20d`)."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in unquote(fragment).split("/")[1:])


def resolve(document: Any, parts: tuple[str, ...]) -> Any:
    """What stands at a place.

    Raises:
        LookupError: Nothing does.
    """
    for part in parts:
        if isinstance(document, dict):
            document = document[part]
        elif isinstance(document, list) and part.isdecimal():
            document = document[int(part)]
        else:
            raise LookupError(part)
    return document
