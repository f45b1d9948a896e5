"""A made-up API of any size, for benchmarks: its contracts, and a policy file for any number of versions.

Five operations on each resource: list, create, read, replace, delete. Later versions add a member to every answer, which leaves
the requests as they are, and each changes the requests of one resource in ten. No two operations of one version take the same.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

EACH = 5
"""Operations of one resource."""

CHANGED = 10
"""One resource in so many takes other requests in each later version."""

RENAMED = 7
"""One resource in so many has another path in the second version of an API whose operations are renamed."""

LONGEST = 30
"""Characters of a search text, more for each resource."""

THINGS = 1000
"""How many things of each resource the server has: those with the identifiers from 1."""

_ERROR = {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}}


def place(number: int, version: int, *, renamed: bool) -> str:
    """The path of a resource in one version."""
    return f"/{'s' if renamed and version > 1 and number % RENAMED == 0 else 'r'}{number}"


def contract(
    operations: int, version: int, base_url: str = "http://127.0.0.1", *, renamed: bool = False
) -> dict[str, Any]:
    """The OpenAPI 3.1 document of one version.

    Args:
        operations: How many it has; a multiple of five.
        version: Its number, from 1.
        base_url: Where its versions are.
        renamed: Whether some resources have another path from the second version on.
    """
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Error": _ERROR}
    for number in range(operations // EACH):
        schemas[f"New{number}"] = body_schema(number, version)
        schemas[f"Thing{number}"] = _thing_schema(number, version)
        path = place(number, version, renamed=renamed)
        paths[path] = _collection(number)
        paths[f"{path}/{{r{number}Id}}"] = _member(number)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sample", "version": f"{version}.0"},
        "servers": [{"url": f"{base_url}/v{version}"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def body_schema(number: int, version: int) -> dict[str, Any]:
    """What a resource takes in one version."""
    pool: list[tuple[str, dict[str, Any]]] = [
        (f"amount{number}", {"type": "integer", "minimum": 0, "maximum": 1000 + number}),
        (f"price{number}", {"type": "number", "minimum": 0}),
        (f"active{number}", {"type": "boolean"}),
        (f"tags{number}", {"type": "array", "items": {"type": "string", "maxLength": 12}, "maxItems": 5}),
        (f"address{number}", _address(number)),
        (f"site{number}", {"type": "string", "format": "uri"}),
    ]
    properties: dict[str, Any] = {
        "name": {"type": "string", "minLength": 1, "maxLength": 20 + number},
        "kind": {"enum": ["small", "medium", f"large{number}"]},
        **dict(pool[number % 6 :] + pool[: number % 6 - 2] if number % 6 > 1 else pool[number % 6 : 4]),
    }
    if version > 1 and number % CHANGED == version % CHANGED:
        properties["note"] = {"type": "string", "maxLength": 100 + version}
    return {"type": "object", "required": ["name", "kind"], "additionalProperties": False, "properties": properties}


def _address(number: int) -> dict[str, Any]:
    properties = {
        "city": {"type": "string", "minLength": 1, "maxLength": 30 + number},
        "zip": {"type": "string", "pattern": "^[0-9]{5}$"},
    }
    return {"type": "object", "required": ["city"], "properties": properties}


def _thing_schema(number: int, version: int) -> dict[str, Any]:
    properties = {"id": {"type": "integer"}, "name": {"type": "string"}, "number": {"const": number}}
    properties |= {f"since{each}": {"type": "integer"} for each in range(2, version + 1)}
    return {"type": "object", "required": list(properties), "properties": properties}


def _answer(status: str, schema: Any) -> dict[str, Any]:
    return {status: {"description": "an answer", "content": {"application/json": {"schema": schema}}}}


def _errors(*statuses: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for status in statuses:
        made |= _answer(status, {"$ref": "#/components/schemas/Error"})
    return made


def _collection(number: int) -> dict[str, Any]:
    thing = {"$ref": f"#/components/schemas/Thing{number}"}
    listed = {"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": thing}}}
    parameters = [
        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}},
        {"name": "q", "in": "query", "schema": {"type": "string", "maxLength": LONGEST + number}},
        {"name": f"sort{number}", "in": "query", "schema": {"enum": ["name", "price"]}},
    ]
    return {
        "get": {"parameters": parameters, "responses": _answer("200", listed) | _errors("400")},
        "post": {"requestBody": _body(number), "responses": _answer("201", thing) | _errors("400")},
    }


def _member(number: int) -> dict[str, Any]:
    thing = {"$ref": f"#/components/schemas/Thing{number}"}
    name = {"name": f"r{number}Id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    return {
        "parameters": [name],
        "get": {"responses": _answer("200", thing) | _errors("400", "404")},
        "put": {"requestBody": _body(number), "responses": _answer("200", thing) | _errors("400", "404")},
        "delete": {"responses": {"204": {"description": "gone"}} | _errors("400", "404")},
    }


def _body(number: int) -> dict[str, Any]:
    return {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/New{number}"}}},
    }


def write_policy(
    folder: Path,
    *,
    operations: int,
    versions: int,
    base_url: str,
    examples: int,
    concurrency: int,
    renamed: bool = False,
) -> Path:
    """Write contracts and a policy file, and give its path.

    With `renamed` the first of two versions is sunset, some operations have another path in the second, and what only one of them has
    is promised not to be in the other.
    """
    text = f"""
[api]
name = "Sample"
base_url = "{base_url}"

[versioning]
scheme = "vN"
carriers = ["path"]
path = {{ template = "/{{version}}" }}

[requests]
max_examples = {examples}
concurrency = {concurrency}

# The server remembers nothing, and the peers follow nothing through its life either.
[sequences]
read_your_writes = false
listed = false
gone_after_delete = false
"""
    if renamed:
        text += f"\n[sunset]\nstatus = 410\n\n[operations]\nisolated = true\nrenamed = [\n{_rows(operations)}]\n"
    for version in range(1, versions + 1):
        made = contract(operations, version, base_url, renamed=renamed)
        (folder / f"v{version}.json").write_text(json.dumps(made), "utf-8")
        text += f'\n[versions.v{version}]\ncontract = "v{version}.json"\n'
        if renamed and version == 1:
            text += 'released = 2020-01-01\ndeprecated = 2021-01-01\nsunset = 2022-01-01\nsuccessor = "v2"\n'
    path = folder / "apiversion.toml"
    path.write_text(text, "utf-8")
    return path


def _rows(operations: int) -> str:
    """The rows of the map of operations."""
    made = ""
    for number in range(0, operations // EACH, RENAMED):
        old, new = place(number, 1, renamed=True), place(number, 2, renamed=True)
        for method, end in (
            ("GET", ""),
            ("POST", ""),
            *((each, f"/{{r{number}Id}}") for each in ("GET", "PUT", "DELETE")),
        ):
            made += f'  {{ v1 = "{method} {old}{end}", v2 = "{method} {new}{end}" }},\n'
    return made
