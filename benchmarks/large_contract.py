"""A made-up contract in the shape of large real ones: wide forms and bodies, hundreds of shared schemas, alternatives and recursion."""

from __future__ import annotations

from typing import Any

_WORDS = (
    "amount",
    "balance",
    "card",
    "country",
    "currency",
    "email",
    "invoice",
    "label",
    "mode",
    "note",
    "owner",
    "plan",
)
_LEAVES: tuple[dict[str, Any], ...] = (
    {"type": "string", "maxLength": 5000},
    {"type": "integer"},
    {"type": "boolean"},
    {"enum": ["auto", "manual", "never"], "type": "string"},
    {"type": "string", "maxLength": 22, "minLength": 1},
    {"type": "integer", "format": "int64", "minimum": 0},
    {"type": "number", "minimum": 0},
    {"type": "string", "pattern": "^[a-z]{2,5}$"},
    {"type": "string", "format": "date-time"},
    {"type": "array", "items": {"type": "string", "maxLength": 5000}},
)
_SHARED = 300
"""Schemas that operations share."""


def contract(operations: int) -> dict[str, Any]:
    """The OpenAPI 3.0 document; every second operation takes a form or a body, wide ones of up to forty members."""
    schemas = {f"shared{number}": _shared(number) for number in range(_SHARED)}
    paths: dict[str, Any] = {}
    for number in range(operations // 2):
        thing = {"$ref": f"#/components/schemas/shared{number % _SHARED}"}
        name = {"name": f"id{number}", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 5000}}
        paths[f"/things{number}/{{id{number}}}"] = {
            "get": {"parameters": [name, *_filters(number)], "responses": _answers(thing)}
        }
        paths[f"/things{number}"] = {"post": {"requestBody": _body(number), "responses": _answers(thing)}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Large", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _shared(number: int) -> dict[str, Any]:
    members = {
        f"{_WORDS[each % len(_WORDS)]}_{each}": _LEAVES[(number + each) % len(_LEAVES)]
        for each in range(4 + number % 9)
    }
    members["next"] = {
        "anyOf": [{"$ref": f"#/components/schemas/shared{(number + 7) % _SHARED}"}, {"type": "string", "maxLength": 99}]
    }
    if number % 5 == 0:
        members["below"] = {"type": "array", "items": {"$ref": f"#/components/schemas/shared{number}"}}
    return {"type": "object", "required": [next(iter(members))], "properties": members}


def _filters(number: int) -> list[dict[str, Any]]:
    created = {
        "anyOf": [
            {"type": "object", "properties": {"gt": {"type": "integer"}, "lt": {"type": "integer"}}},
            {"type": "integer"},
        ]
    }
    return [
        {"name": "created", "in": "query", "style": "deepObject", "explode": True, "schema": created},
        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}},
        {"name": f"{_WORDS[number % len(_WORDS)]}", "in": "query", "schema": _LEAVES[number % len(_LEAVES)]},
    ]


def _body(number: int) -> dict[str, Any]:
    members: dict[str, Any] = {
        f"{_WORDS[each % len(_WORDS)]}_{number}_{each}": _LEAVES[each % len(_LEAVES)]
        for each in range(10 + number % 30)
    }
    members |= {f"part{each}": {"$ref": f"#/components/schemas/shared{(number + each) % _SHARED}"} for each in range(4)}
    schema = {"type": "object", "required": list(members)[:2], "properties": members}
    if number % 2:
        return {"required": True, "content": {"application/json": {"schema": schema}}}
    encoding = {name: {"style": "deepObject", "explode": True} for name in members if name.startswith("part")}
    return {
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": schema, "encoding": encoding}},
    }


def _answers(schema: dict[str, Any]) -> dict[str, Any]:
    return {"200": {"description": "an answer", "content": {"application/json": {"schema": schema}}}}
