"""Odd ways of selecting a version: dates in the query, a redirect for none, a version amid the path, credentials before it."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.shell.servers.chains import NAMED
from tests.shell.servers.kit import (
    API,
    ENVELOPE,
    TEXT,
    Api,
    Refused,
    by_path,
    document,
    error,
    in_path,
    json_object,
    operation,
    parameter,
    record,
    reply,
    text_member,
)
from tests.shell.servers.odd import Odd

ITEM = record(id={"type": "string"}, name=TEXT)


def crud(api: Api, at: str = "/items") -> None:
    """Creating, listing, reading, replacing and deleting of one kind of thing."""
    items: dict[str, str] = {"i1": "one"}

    def there(key: str) -> str:
        if key not in items:
            raise error(404, "no_item")
        return items[key]

    @api.on("GET", at)
    def listing(_request: Request, _version: str) -> Response:
        return reply([{"id": key, "name": name} for key, name in list(items.items())[::-1][:20]])

    @api.on("POST", at)
    def create(request: Request, _version: str) -> Response:
        items[f"i{len(items) + 1}"] = name = text_member(json_object(request), "name")
        return reply({"id": f"i{len(items)}", "name": name}, 201)

    @api.on("GET", at + "/{id}")
    def read(_request: Request, _version: str, id: str) -> Response:  # noqa: A002  the parameter's name
        return reply({"id": id, "name": there(id)})

    @api.on("PUT", at + "/{id}")
    def replace(request: Request, _version: str, id: str) -> Response:  # noqa: A002
        there(id)
        items[id] = text_member(json_object(request), "name")
        return reply({"id": id, "name": items[id]})


def crud_document(at: str = "/items", parameters: tuple[Any, ...] = (), **more: Any) -> Any:
    """The contract of `crud`."""
    key = parameter("id")
    return document(
        {
            at: {
                "get": operation({200: {"type": "array", "items": ITEM}}, parameters=parameters),
                "post": operation({201: ITEM}, body=NAMED, parameters=parameters),
            },
            at + "/{id}": {
                "get": operation({200: ITEM}, parameters=[key, *parameters]),
                "put": operation({200: ITEM}, body=NAMED, parameters=[key, *parameters]),
            },
        },
        **more,
    )


def problem(status: int, code: str) -> Refused:
    """An RFC 9457 problem."""
    body = json.dumps({"type": f"https://example.org/problems/{code}", "title": code, "status": status})
    return Refused(Response(body, status=status, content_type="application/problem+json"))


def dates_in_query() -> Odd:
    """`?api-version=2026-01-01` or a 400 problem; the contract describes the parameter, as generated contracts do."""
    versions = ("2025-01-01", "2026-01-01")

    def select(request: Request) -> tuple[str, str]:
        given = request.args.getlist("api-version")
        if not given or not given[0]:
            raise problem(400, "version-missing")
        if len(given) > 1:
            raise problem(400, "version-ambiguous")
        try:
            dated = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given[0], re.ASCII) and dt.date.fromisoformat(given[0])
        except ValueError:
            dated = None
        if given[0] not in versions:
            raise problem(400, "version-unknown" if dated else "version-invalid")
        return given[0], request.path

    api = Api(select=select, missing=lambda: problem(404, "no-route"), wrong_method=lambda: problem(405, "method"))
    crud(api)
    original = api.answer

    def answer(request: Request) -> Response:
        try:
            return original(request)
        except Refused as refused:
            body = refused.response.get_json(silent=True) or {}
            if "error" in body:
                raise problem(refused.response.status_code, body["error"]["code"]) from refused
            raise

    api.answer = answer  # type: ignore[method-assign]
    policy = """
[versioning]
scheme = "date"
carriers = ["query"]
query = { name = "api-version" }
missing = { reject = 400, code = "https://example.org/problems/version-missing" }
empty = { reject = 400, code = "https://example.org/problems/version-missing" }
unknown = { reject = 400, code = "https://example.org/problems/version-unknown" }
malformed = { reject = 400, code = "https://example.org/problems/version-invalid" }
duplicated = { reject = 400, code = "https://example.org/problems/version-ambiguous" }
[versions.2025-01-01]
contract = "old.json"
[versions.2026-01-01]
contract = "new.json"
[envelopes.problem]
media_type = "application/problem+json"
code = "/type"
status = "/status"
[envelopes.problem.schema]
type = "object"
required = ["type", "title", "status"]
[errors]
envelope = "problem"
"""
    contract = crud_document(parameters=(parameter("api-version", "query"),))
    return Odd(app=api, policy=API + policy, contracts={"old": contract, "new": contract})


def redirecting() -> Odd:
    """A header API that sends a client without a version to the documentation, and does not say which routes it has."""

    def select(request: Request) -> tuple[str, str]:
        given = request.headers.get("X-Version")
        if given is None:
            raise Refused(Response(status=307, headers={"Location": "/docs/versions"}))
        if given not in {"1", "2"}:
            raise error(404, "version")
        return given, request.path

    api = Api(select=select)
    crud(api)
    policy = """
[versioning]
scheme = "integer"
carriers = ["header"]
header = { name = "X-Version" }
missing = { reject = 307 }
empty = { reject = 404, code = "version" }
unknown = { reject = 404, code = "version" }
malformed = { reject = 404, code = "version" }
[versions.1]
contract = "c.json"
[versions.2]
contract = "c.json"
"""
    return Odd(
        app=api,
        policy=API + policy + ENVELOPE,
        contracts={"c": crud_document(parameters=(parameter("X-Version", "header"),))},
    )


def amid_path() -> Odd:
    """The version amid the path: in an absolute server of one contract, in the paths of the other."""

    def select(request: Request) -> tuple[str, str]:
        match = re.fullmatch(r"/shop/([^/]*)/api(/.*)", request.path)
        if match is None or match[1] not in {"v1", "v2"}:
            raise error(404, "unknown_version")
        return match[1], match[2]

    api = Api(select=select)
    crud(api)
    first = crud_document(
        servers=[{"url": "https://{region}.example.org/shop/v1/api/", "variables": {"region": {"default": "eu"}}}]
    )
    return Odd(
        app=api,
        policy=in_path("/shop/{version}/api") + ENVELOPE,
        contracts={"v1": first, "v2": crud_document("/shop/v2/api/items")},
    )


def swagger() -> Odd:
    """Swagger 2.0 with `basePath`, `consumes`, `produces` and `definitions`."""
    api = Api(select=by_path("v1", "v2", prefix="/api"))
    crud(api)
    item = {"$ref": "#/definitions/Item"}
    key = {"name": "id", "in": "path", "required": True, "type": "string"}
    body = {"name": "body", "in": "body", "required": True, "schema": {"$ref": "#/definitions/Named"}}

    def contract(version: str) -> Any:
        return {
            "swagger": "2.0",
            "info": {"title": "odd", "version": version},
            "host": "api.example.org",
            "basePath": f"/api/{version}/",
            "consumes": ["application/json"],
            "produces": ["application/json"],
            "definitions": {"Item": ITEM, "Named": NAMED},
            "paths": {
                "/items": {
                    "get": {"responses": {"200": {"description": "…", "schema": {"type": "array", "items": item}}}},
                    "post": {"parameters": [body], "responses": {"201": {"description": "…", "schema": item}}},
                },
                "/items/{id}": {
                    "parameters": [key],
                    "get": {"responses": {"200": {"description": "…", "schema": item}}},
                    "put": {"parameters": [body], "responses": {"200": {"description": "…", "schema": item}}},
                },
            },
        }

    policy = in_path("/api/{version}") + ENVELOPE
    return Odd(app=api, policy=policy, contracts={"v1": contract("v1"), "v2": contract("v2")})


def guarded() -> Odd:
    """Credentials are judged before anything else, the version included; one version, in a media type of its own."""

    def select(request: Request) -> tuple[str, str]:
        if request.headers.get("Authorization") != "Bearer odd-token":
            raise error(401, "credentials", WWW_Authenticate="Bearer")
        ranges = [each.partition(";")[0].strip() for each in request.headers.get("Accept", "").split(",")]
        match = next(
            filter(None, (re.fullmatch(r"application/vnd\.odd\.([^+]*)\+json", each.lower()) for each in ranges)), None
        )
        if match is None or match[1] != "v1":
            raise error(406, "version")
        return match[1], request.path

    api = Api(select=select)
    crud(api)
    policy = """
[versioning]
scheme = "vN"
carriers = ["accept"]
accept = { template = "application/vnd.odd.{version}+json" }
missing = { reject = 406, code = "version" }
unknown = { reject = 406, code = "version" }
malformed = { reject = 406, code = "version" }
[versions.v1]
contract = "c.json"
[credentials.bearer]
header = "Authorization"
value = "Bearer ${ODD_TOKEN}"
"""
    contract = crud_document(
        components={"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}}, security=[{"bearer": []}]
    )
    return Odd(app=api, policy=API + policy + ENVELOPE, contracts={"c": contract})
