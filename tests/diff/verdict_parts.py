"""Builders of small documents for the tables of verdicts."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import OK, answered, document, operation, sent

STR: dict[str, Any] = {"type": "string"}
INT: dict[str, Any] = {"type": "integer"}

BREAKS, WARNS, TELLS, SILENT = "breaks", "warns", "tells", "silent"
"""Verdicts: the gravest of what the comparison says, or that it says nothing."""

ITEM = {"get": {"responses": OK}}
SCHEMES = {
    "securitySchemes": {
        "k": {"type": "apiKey", "in": "header", "name": "K"},
        "b": {"type": "http", "scheme": "bearer"},
        "o": {
            "type": "oauth2",
            "flows": {"implicit": {"authorizationUrl": "https://a.example", "scopes": {"r": "", "w": ""}}},
        },
    }
}


def query(**more: Any) -> dict[str, Any]:
    """A query parameter."""
    return {"name": "q", "in": "query", "schema": STR, **more}


def path_parameter(name: str, **more: Any) -> dict[str, Any]:
    """A path parameter."""
    return {"name": name, "in": "path", "required": True, "schema": STR, **more}


def as_json(schema: Any) -> dict[str, Any]:
    """Content in JSON."""
    return {"application/json": {"schema": schema}}


def fine(content: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One response with content."""
    return {"200": {"description": "", "content": content, **more}}


def with_header(**more: Any) -> dict[str, Any]:
    """One response with a header."""
    return {"200": {"description": "", "headers": {"X-A": {"schema": STR, **more}}}}


def secured(*ways: dict[str, Any]) -> dict[str, Any]:
    """An operation that asks for credentials."""
    return document({"/a": {"get": {"responses": OK, "security": list(ways)}}}, components=SCHEMES)


def with_scheme(scheme: dict[str, Any]) -> dict[str, Any]:
    """An operation that asks for credentials of one scheme."""
    return document(
        {"/a": {"get": {"responses": OK, "security": [{"k": []}]}}}, components={"securitySchemes": {"k": scheme}}
    )


def with_flow(kind: str, **more: Any) -> dict[str, Any]:
    """An operation that asks for a token of one flow of OAuth 2."""
    told = {"authorizationUrl": "https://a.example", "tokenUrl": "https://t.example", "scopes": {"r": ""}, **more}
    return with_scheme({"type": "oauth2", "flows": {kind: told}})


def at(template: str, **more: Any) -> dict[str, Any]:
    """One operation at a path."""
    return document({template: {"get": {"responses": OK, **more}}})


def called_back(schema: Any) -> dict[str, Any]:
    """An operation that calls back with a body."""
    post = {"requestBody": {"content": as_json(schema)}, "responses": OK}
    return operation(callbacks={"c": {"{$request.body#/u}": {"post": post}}})


def hooked(**more: Any) -> dict[str, Any]:
    """A webhook with a body."""
    post = {"requestBody": {"content": as_json(STR)}, "responses": OK, **more}
    return document({"/a": ITEM}, webhooks={"w": {"post": post}})


def members(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An object."""
    return {"type": "object", "properties": properties, **more}


NAMED = {"A": members({"k": STR}, required=["k"]), "B": members({"k": STR, "z": INT}, required=["k"])}


def reference(name: str) -> dict[str, Any]:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def _one_of(**told: Any) -> dict[str, Any]:
    return {"oneOf": [reference("A"), reference("B")], "discriminator": {"propertyName": "k", **told}}


def answers_one_of(**told: Any) -> dict[str, Any]:
    """An answer that is one of two, told apart by a member."""
    return answered(_one_of(**told), "3.1.0", **NAMED)


def takes_one_of(**told: Any) -> dict[str, Any]:
    """A request that is one of two, told apart by a member."""
    return sent(_one_of(**told), "3.1.0", **NAMED)


def swagger(op: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A document of Swagger 2.0."""
    paths = {"/a": {"post": {"responses": {"200": {"description": ""}}, **(op or {})}}}
    return {"swagger": "2.0", "info": {"title": "", "version": "1"}, "paths": paths, **more}


def form(**more: Any) -> dict[str, Any]:
    """A form with one field."""
    field = {"name": "f", "in": "formData", "type": "string", **more}
    return swagger(op={"consumes": ["application/x-www-form-urlencoded"], "parameters": [field]})


def joined(way: str) -> dict[str, Any]:
    """A list as a query parameter, in a `collectionFormat`."""
    field = {"name": "f", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": way}
    return swagger(op={"parameters": [field]})


def consuming(kinds: list[str]) -> dict[str, Any]:
    """A body in media types."""
    return swagger(op={"consumes": kinds, "parameters": [{"name": "b", "in": "body", "schema": STR}]})


def producing(kinds: list[str]) -> dict[str, Any]:
    """An answer in media types."""
    return swagger(op={"produces": kinds, "responses": {"200": {"description": "", "schema": STR}}})
