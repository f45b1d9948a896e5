"""Where operations stand, what describes an answer or a body that has no entry of its own, and what is written as text."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import OK, asked, document, operation
from tests.diff.verdict_parts import BREAKS, INT, ITEM, SILENT, STR, TELLS, WARNS, as_json, at, members, query

REGION = {"url": "https://h.example/{r}", "variables": {"r": {"default": "eu", "enum": ["eu", "us"]}}}


def served(*servers: Any, **item: Any) -> dict[str, Any]:
    """A document with one operation, below servers."""
    listed = [{"url": one} if isinstance(one, str) else one for one in servers]
    more: dict[str, Any] = {"servers": listed} if listed else {}
    return document({"/a": {**ITEM, **item}}, **more)


def region(default: str, *listed: str) -> dict[str, Any]:
    """The same below a server whose path is a variable."""
    return served({**REGION, "variables": {"r": {"default": default, "enum": list(listed)}}})


def posted(schema: Any, encoding: dict[str, Any] | None = None, kind: str = "multipart/form-data") -> dict[str, Any]:
    """A form with one member."""
    media = {"schema": members({"f": schema}), **({"encoding": {"f": encoding}} if encoding else {})}
    return document({"/a": {"post": {"requestBody": {"required": True, "content": {kind: media}}, "responses": OK}}})


def answers(**statuses: Any) -> dict[str, Any]:
    """An operation with answers."""
    told = {status.lstrip("_"): {"description": "", "content": as_json(part)} for status, part in statuses.items()}
    return operation(responses={"200": {"description": "", "content": as_json(STR)}, **told})


def kinds(*listed: str, own: Any = (), **more: Any) -> dict[str, Any]:
    """A path that ends in one of several values, and values with a path of their own; `more` of what was last told of."""
    kind = {"name": "kind", "in": "path", "required": True, "schema": {**STR, "enum": list(listed)}}
    get = {"responses": OK}
    paths: dict[str, Any] = {f"/items/{value}": {"get": {**get, **more} if listed or own else get} for value in own}
    if listed:
        told = more.get("parameters", []) if not own else []
        paths["/items/{kind}"] = {"get": {**get, "parameters": [kind, *told]}}
    return document(paths)


TEXTS = {"type": "array", "items": STR}
PROBLEM = members({"code": STR}, required=["code"])
URLENCODED = "application/x-www-form-urlencoded"

ADDRESSES: dict[str, tuple[Any, Any, str]] = {
    # Servers
    "first-of-two-servers-goes": (served("/old", "/api"), served("/api"), WARNS),
    "first-of-two-servers-comes": (served("/api"), served("/new", "/api"), TELLS),
    "value-of-a-server-becomes-the-default": (region("eu", "eu", "us"), region("us", "eu", "us"), SILENT),
    "default-value-of-a-server-goes": (region("eu", "eu", "us"), region("us", "us"), WARNS),
    "every-value-of-a-server-goes": (region("eu", "eu"), region("us", "us"), BREAKS),
    "second-server-of-a-path-goes": (
        served(servers=[{"url": "/up"}, {"url": "/x"}]),
        served(servers=[{"url": "/up"}]),
        WARNS,
    ),
    "second-server-of-a-path-comes": (
        served(servers=[{"url": "/up"}]),
        served(servers=[{"url": "/up"}, {"url": "/x"}]),
        TELLS,
    ),
    "server-of-a-path-as-that-of-all": (served(servers=[{"url": "/up"}]), served("/up"), SILENT),
    "server-of-a-path-goes": (served(servers=[{"url": "/up"}]), served(), BREAKS),
    "server-beside-none": (served(), served("/", "/v"), TELLS),
    # Paths in another spelling
    "path-that-need-not-be-encoded": (at("/a%2Db/{c}"), at("/a-b/{c}"), SILENT),
    "path-with-small-hexadecimal-digits": (at("/caf%c3%a9"), at("/caf%C3%A9"), SILENT),
    "path-that-is-encoded": (at("/caf\u00e9"), at("/caf%C3%A9"), SILENT),
    "path-with-an-encoded-slash": (at("/a%2Fb"), at("/a/b"), BREAKS),
    # Statuses
    "errors-from-default-to-both-ranges": (answers(default=PROBLEM), answers(_4XX=PROBLEM, _5XX=PROBLEM), TELLS),
    "errors-from-default-to-one-range": (answers(default=PROBLEM), answers(_4XX=PROBLEM), WARNS),
    "errors-from-default-to-other-ranges": (
        answers(default=PROBLEM),
        answers(_4XX=members({"code": STR}), _5XX=PROBLEM),
        BREAKS,
    ),
    # Parts of forms
    "part-of-text-said-so": (posted(STR), posted(STR, {"contentType": "text/plain"}), SILENT),
    "part-of-text-that-is-html": (posted(STR), posted(STR, {"contentType": "text/html"}), BREAKS),
    "parts-of-text-said-so": (posted(TEXTS), posted(TEXTS, {"contentType": "text/plain"}), SILENT),
    "part-of-json-said-so": (posted(PROBLEM), posted(PROBLEM, {"contentType": "application/json"}), SILENT),
    "part-of-bytes-said-so": (
        posted({"type": "string", "contentMediaType": "image/png"}),
        posted({"type": "string", "contentMediaType": "image/png"}, {"contentType": "application/octet-stream"}),
        SILENT,
    ),
    "part-of-json-became-text": (posted(PROBLEM), posted(STR), BREAKS),
    "part-of-text-became-json": (posted(STR), posted(PROBLEM), BREAKS),
    "field-in-the-usual-style": (
        posted(TEXTS, kind=URLENCODED),
        posted(TEXTS, {"style": "form", "explode": True}, kind=URLENCODED),
        SILENT,
    ),
    "field-in-one": (posted(TEXTS, kind=URLENCODED), posted(TEXTS, {"explode": False}, kind=URLENCODED), BREAKS),
    # Numbers that are written as text
    "number-as-digits": (
        asked(query(schema={**INT, "minimum": 0})),
        asked(query(schema={**STR, "pattern": "^[0-9]+$"})),
        TELLS,
    ),
    "number-below-zero-as-digits": (
        asked(query(schema=INT)),
        asked(query(schema={**STR, "pattern": "^[0-9]+$"})),
        BREAKS,
    ),
    "number-as-letters": (asked(query(schema=INT)), asked(query(schema={**STR, "pattern": "^[a-z]+$"})), BREAKS),
    "truth-as-letters": (
        asked(query(schema={"type": "boolean"})),
        asked(query(schema={**STR, "pattern": "^[a-z]+$"})),
        TELLS,
    ),
    "number-as-a-short-text": (asked(query(schema=INT)), asked(query(schema={**STR, "maxLength": 3})), BREAKS),
    "small-number-as-a-short-text": (
        asked(query(schema={**INT, "minimum": 0, "maximum": 999})),
        asked(query(schema={**STR, "maxLength": 3})),
        TELLS,
    ),
    "number-as-a-long-text": (asked(query(schema=INT)), asked(query(schema={**STR, "minLength": 3})), BREAKS),
    # Reserved characters, which no part of a multipart body encodes
    "part-with-reserved-characters": (posted(STR), posted(STR, {"allowReserved": True}), SILENT),
    "part-of-json-as-a-form": (
        posted(members({"a": STR})),
        posted(members({"a": STR}), {"allowReserved": True}),
        BREAKS,
    ),
    "part-of-a-mixed-body-in-a-style": (
        posted(TEXTS, kind="multipart/mixed"),
        posted(TEXTS, {"style": "pipeDelimited", "explode": False}, "multipart/mixed"),
        SILENT,
    ),
    "field-with-reserved-characters": (
        posted(STR, kind=URLENCODED),
        posted(STR, {"allowReserved": True}, URLENCODED),
        BREAKS,
    ),
    # Values of a path with a path of their own
    "listed-value-gets-its-own-path": (kinds("a", "b"), kinds("b", own=["a"]), TELLS),
    "listed-value-gets-a-path-that-asks-for-more": (
        kinds("a", "b"),
        kinds("b", own=["a"], parameters=[query(required=True)]),
        BREAKS,
    ),
    "listed-value-had-its-own-path": (kinds("a", "b", own=["a"]), kinds("b", own=["a"]), SILENT),
    "listed-value-goes-beside-another-with-its-own-path": (kinds("a", "b", "c"), kinds("c", own=["a"]), BREAKS),
    "each-listed-value-gets-its-own-path": (kinds("a", "b"), kinds(own=["a", "b"]), TELLS),
    "not-each-listed-value-gets-its-own-path": (kinds("a", "b"), kinds(own=["a"]), BREAKS),
    "own-paths-become-listed-values": (kinds(own=["a", "b"]), kinds("a", "b"), TELLS),
    "own-path-becomes-a-listed-value-that-asks-for-more": (
        kinds(own=["a"]),
        kinds("a", "b", parameters=[query(required=True)]),
        BREAKS,
    ),
    "own-path-is-not-among-the-listed-values": (kinds(own=["a", "b"]), kinds("a"), BREAKS),
    "own-path-becomes-any-value": (kinds(own=["a"]), document({"/items/{kind}": {**ITEM}}), BREAKS),
    # Lists of one
    "list-of-one-becomes-its-value": (asked(query(schema={**TEXTS, "maxItems": 1})), asked(query()), SILENT),
    "list-of-one-becomes-another-value": (
        asked(query(schema={**TEXTS, "maxItems": 1})),
        asked(query(schema={**STR, "maxLength": 3})),
        BREAKS,
    ),
    "list-becomes-its-value": (asked(query(schema=TEXTS)), asked(query()), BREAKS),
}
"""Name -> the old document, the new one, and the verdict."""
