"""What each member of an object of OpenAPI has to be, by the kind of the object; one table for 3.0 to 3.2, and one for Swagger 2.0."""

from __future__ import annotations

from typing import NamedTuple

from pytest_apiversion.shell.json_schema.subschemas import SCHEMA_LIST, SCHEMA_MAP, SCHEMA_ONE
from pytest_apiversion.shell.openapi.grammar import METHODS

TYPES = frozenset({"null", "boolean", "object", "array", "number", "string", "integer", "file"})
"""Names of types."""

PLACES = frozenset({"cookie", "header", "path", "query", "querystring"})
PLACES_OF_SWAGGER = frozenset({"body", "formData", "header", "path", "query"})
"""Where parameters stand."""

WHOLE_LISTS = frozenset({"server", "requirement"})
"""What is in a list of which nothing is known where one of them is not."""


class Field(NamedTuple):
    """What a member of an object has to be.

    Attributes:
        kinds: The types of Python that its value may have.
        what: The same in words.
        shape: How it holds objects: `one`, `map` or `list`; `names` is a list of texts, and empty is neither.
        inner: The kind of the objects it holds.
    """

    kinds: frozenset[type]
    what: str
    shape: str = ""
    inner: str = ""


def _one(inner: str) -> Field:
    return Field(frozenset({dict}), "an object", "one", inner)


def _schema(kinds: frozenset[type] = frozenset({dict, bool})) -> Field:
    return Field(kinds, "a schema", "one", "schema")


def _map(inner: str) -> Field:
    return Field(frozenset({dict}), "an object", "map", inner)


def _list(inner: str) -> Field:
    return Field(frozenset({list}), "a list", "list", inner)


ITEM = _one("path item")
EACH = {"callback": ITEM, "requirement": Field(frozenset({list}), "a list of scopes", "names")}
"""Kinds of objects of which each member is such a one."""

PARTS = {
    "lists": (frozenset({list}), "a list of names", ""),
    "names": (frozenset({str}), "a name", "names"),
    "types": (frozenset({str}), "a type", "types"),
    "schema": (frozenset({dict, bool}), "a schema", "schema"),
    "": (frozenset({dict}), "an object", ""),
}
"""What is in a list or an object: the types of Python, the same in words, and what it is."""

_FLAG = Field(frozenset({bool}), "true or false")
_NUMBER = Field(frozenset({int, float}), "a number")
_TEXT = Field(frozenset({str}), "a text")
_NAMES = Field(frozenset({list}), "a list of names", "names")

_SCHEMA = {
    **dict.fromkeys(SCHEMA_ONE, _schema()),
    **dict.fromkeys(SCHEMA_MAP, _map("schema")),
    **dict.fromkeys(SCHEMA_LIST, _list("schema")),
    "items": Field(frozenset({dict, bool, list}), "a schema", "one", "schema"),
    "dependentRequired": Field(frozenset({dict}), "an object", "lists"),
    "dependencies": Field(frozenset({dict}), "an object"),
    "type": Field(frozenset({str, list}), "a type", "types"),
    "required": _NAMES,
    "enum": Field(frozenset({list}), "a list of values"),
    **dict.fromkeys(("minimum", "maximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems"), _NUMBER),
    **dict.fromkeys(("minProperties", "maxProperties", "minContains", "maxContains"), _NUMBER),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), Field(frozenset({int, float, bool}), "a number")),
    **dict.fromkeys(("pattern", "$ref"), _TEXT),
    **dict.fromkeys(("nullable", "readOnly", "writeOnly", "deprecated", "uniqueItems"), _FLAG),
    "discriminator": Field(frozenset({dict, str}), "an object", "one", "discriminator"),
}

_PARAMETER = {
    "name": _TEXT,
    "in": _TEXT,
    **dict.fromkeys(("required", "deprecated", "allowEmptyValue", "explode", "allowReserved"), _FLAG),
    "style": _TEXT,
    "schema": _schema(),
    "content": _map("media type"),
}

HELD: dict[str, dict[str, Field]] = {
    "document": {
        "paths": _map("path item"),
        "webhooks": _map("path item"),
        "components": _one("components"),
        "servers": _list("server"),
        "security": _list("requirement"),
        "definitions": _map("schema"),
    },
    "components": {
        "schemas": _map("schema"),
        "responses": _map("response"),
        "parameters": _map("parameter"),
        "requestBodies": _map("request body"),
        "headers": _map("header"),
        "links": _map("link"),
        "callbacks": _map("callback"),
        "pathItems": _map("path item"),
        "securitySchemes": _map("security scheme"),
        "mediaTypes": _map("media type"),
    },
    "path item": {
        **dict.fromkeys(METHODS, _one("operation")),
        "additionalOperations": _map("operation"),
        "parameters": _list("parameter"),
        "servers": _list("server"),
    },
    "operation": {
        "parameters": _list("parameter"),
        "requestBody": _one("request body"),
        "responses": _map("response"),
        "callbacks": _map("callback"),
        "security": _list("requirement"),
        "servers": _list("server"),
        "deprecated": _FLAG,
    },
    "parameter": _PARAMETER,
    "header": {name: field for name, field in _PARAMETER.items() if name not in {"name", "in"}},
    "request body": {"content": _map("media type"), "required": _FLAG},
    "media type": {"schema": _schema(), "itemSchema": _schema(), "encoding": _map("encoding")},
    "encoding": {"headers": _map("header")},
    "response": {"headers": _map("header"), "content": _map("media type"), "links": _map("link"), "schema": _schema()},
    "server": {"variables": _map("server variable")},
    "server variable": {"enum": Field(frozenset({list}), "a list of values")},
    "discriminator": {"propertyName": _TEXT, "mapping": Field(frozenset({dict}), "an object")},
    "schema": _SCHEMA,
}
HELD_OF_SWAGGER = {
    **HELD,
    "document": {**HELD["document"], "parameters": _map("parameter"), "responses": _map("response")},
    "parameter": {**_SCHEMA, "name": _TEXT, "in": _TEXT, "required": _FLAG, "schema": _schema()},
    "header": {**_SCHEMA, "required": _FLAG},
    "operation": {name: field for name, field in HELD["operation"].items() if name not in {"servers", "callbacks"}},
}
