"""Pairs of documents, and what each way from one to the other is called."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import OK, asked, document, operation

STR = {"type": "string"}
JSON = {"application/json": {"schema": {"type": "object"}}}
TEXTS = {"application/json": {"schema": STR}}
QUERY: dict[str, Any] = {"name": "q", "in": "query", "schema": STR}
LIST: dict[str, Any] = {"name": "q", "in": "query", "schema": {"type": "array", "items": STR}}
KEY = {"k": {"type": "apiKey", "in": "header", "name": "X-Key"}}
THING = {"type": "object", "properties": {"a": STR}}
OAUTH: dict[str, Any] = {
    "o": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "https://a.example/1", "scopes": {}}}}
}

TWINS = {name: {"type": "http", "scheme": "basic"} for name in ("users", "admins", "robots")}
ISSUERS = {
    name: {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": f"https://{name}.example/t", "scopes": {}}}}
    for name in ("one", "other")
}


def body(content: Any = JSON, **more: Any) -> dict[str, Any]:
    """A document whose operation has a request body."""
    return operation(requestBody={"content": content, **more})


def part_of(**encoding: Any) -> dict[str, Any]:
    """The content of a multipart body whose one part is encoded so."""
    return {"multipart/form-data": {"schema": {"properties": {"p": STR}}, "encoding": {"p": encoding}}}


def answers(**statuses: Any) -> dict[str, Any]:
    """A document whose operation has responses; `s200` stands for `200`."""
    return operation(
        responses={status.removeprefix("s"): {"description": "x", **told} for status, told in statuses.items()}
    )


def shaped(**properties: Any) -> dict[str, Any]:
    """An answer whose body has members."""
    return {"content": {"application/json": {"schema": {"type": "object", "properties": properties}}}}


def of_3_2(document: dict[str, Any]) -> dict[str, Any]:
    """The same document as one of OpenAPI 3.2, with two components."""
    told = {
        name: {"type": "object", "required": ["kind"], "properties": {"kind": STR}, "title": name}
        for name in ("Cat", "Dog")
    }
    return {**document, "openapi": "3.2.0", "components": {"schemas": told}}


def told_apart(*default: str) -> dict[str, Any]:
    """A schema of two alternatives, and perhaps one that stands for other names."""
    more = {"defaultMapping": default[0]} if default else {}
    return {
        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "kind", **more},
    }


def secured(schemes: Any, *entries: Any) -> dict[str, Any]:
    """A document whose operation asks for credentials."""
    return {**operation(security=list(entries)), "components": {"securitySchemes": schemes}}


def hooked(**hooks: Any) -> dict[str, Any]:
    """A document with webhooks, each a request body."""
    return document(
        {}, webhooks={name: {"post": {"requestBody": told, "responses": OK}} for name, told in hooks.items()}
    )


def called(**callbacks: Any) -> dict[str, Any]:
    """A document whose operation has callbacks."""
    return operation(callbacks={name: {"{$request.body#/url}": {"post": told}} for name, told in callbacks.items()})


def marked(**marks: Any) -> dict[str, Any]:
    """A query parameter, marked."""
    return asked({**QUERY, **marks})


def header(**fields: Any) -> dict[str, Any]:
    """A document whose response has a header."""
    return answers(s200={"headers": {"X-A": {"schema": STR, **fields}}})


BARE = operation()
PATHS = document({"/a": {"get": {"responses": OK}}, "/b": {"get": {"responses": OK}}})
ONE = document({"/a": {"get": {"responses": OK}}})
SUNSET = {"deprecated": True, "x-sunset": "2030-01-01"}


def second(**marks: Any) -> dict[str, Any]:
    """A document with one more operation, marked."""
    return document({"/a": {"get": {"responses": OK}}, "/b": {"get": {"responses": OK, **marks}}})


def things(told: Any, latest: Any = None, **schema: Any) -> dict[str, Any]:
    """A document whose one path has a parameter, with or without a more specific path beside it."""
    name = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", **schema}}
    paths = {"/t/{id}": {"get": {"parameters": [name], "responses": {"200": {"description": "x", **told}}}}}
    more = {"/t/latest": {"get": {"responses": {"200": {"description": "x", **latest}}}}} if latest is not None else {}
    return document(paths | more)


CASES: dict[str, tuple[Any, Any, list[str], list[str]]] = {
    "parameter-respelled": (
        asked({"name": "pageSize", "in": "query", "schema": STR}),
        asked({"name": "pagesize", "in": "query", "schema": {**STR, "maxLength": 3}}),
        ["request-max-length-decreased", "request-parameter-respelled"],
        ["request-max-length-increased", "request-parameter-respelled"],
    ),
    "required-parameter-respelled": (
        asked({"name": "Key", "in": "query", "required": True, "schema": STR}),
        asked({"name": "key", "in": "query", "required": True, "schema": STR}),
        ["request-required-parameter-respelled"],
        ["request-required-parameter-respelled"],
    ),
    "parameters-that-become-an-object": (
        asked(*({"name": name, "in": "query", "schema": STR} for name in "ab")),
        asked(
            {
                "name": "filter",
                "in": "query",
                "schema": {"type": "object", "properties": {"a": STR, "b": {**STR, "maxLength": 3}, "c": STR}},
            }
        ),
        ["request-max-length-decreased", "request-parameter-added"],
        ["request-max-length-increased", "request-parameter-removed"],
    ),
    "parameter-that-gets-a-default-and-may-be-left-out": (
        asked({"name": "a", "in": "query", "required": True, "schema": STR}),
        asked({"name": "a", "in": "query", "schema": {**STR, "default": "x"}}),
        ["request-parameter-became-optional"],
        ["request-parameter-became-required"],
    ),
    "operation": (ONE, PATHS, ["operation-added"], ["operation-removed"]),
    "operation-that-takes-over": (
        things({"content": JSON}),
        things({"content": JSON}, latest={"content": TEXTS}),
        ["operation-added", "operation-taken-over"],
        ["operation-removed"],
    ),
    "operation-that-takes-over-and-answers-the-same": (
        things({}),
        things({}, latest={}),
        ["operation-added"],
        ["operation-removed"],
    ),
    "operation-that-takes-over-a-listed-thing": (
        things({"content": JSON}, enum=["latest", "b"]),
        things({"content": JSON}, enum=["latest", "b"], latest={"content": TEXTS}),
        ["operation-added", "response-type-changed"],
        ["response-type-changed"],
    ),
    "operation-beside-numbers": (
        things({"content": JSON}, type="integer"),
        things({"content": JSON}, type="integer", latest={"content": TEXTS}),
        ["operation-added"],
        ["operation-removed"],
    ),
    "deprecated-operation": (ONE, second(deprecated=True), ["operation-added"], ["deprecated-operation-removed"]),
    "operation-after-sunset": (
        ONE,
        second(deprecated=True, **{"x-sunset": "2026-11-20"}),
        ["operation-added"],
        ["operation-removed-after-sunset"],
    ),
    "operation-before-sunset": (ONE, second(**SUNSET), ["operation-added"], ["operation-removed-before-sunset"]),
    "unstable-operation": (
        ONE,
        second(**{"x-stability-level": "draft"}),
        ["operation-added"],
        ["unstable-operation-removed"],
    ),
    "operation-id": (BARE, operation(operationId="x"), ["operation-id-changed"], ["operation-id-changed"]),
    "tags": (BARE, operation(tags=["x"]), ["operation-tags-changed"], ["operation-tags-changed"]),
    "deprecation": (BARE, operation(deprecated=True), ["operation-deprecated"], ["operation-reactivated"]),
    "sunset": (
        operation(deprecated=True),
        operation(**SUNSET),
        ["operation-sunset-added"],
        ["operation-sunset-removed"],
    ),
    "sunset-moved": (
        operation(**SUNSET),
        operation(deprecated=True, **{"x-sunset": "2030-01-02"}),
        ["operation-sunset-moved-later"],
        ["operation-sunset-moved-earlier"],
    ),
    "sunset-unreadable": (
        operation(deprecated=True),
        operation(deprecated=True, **{"x-sunset": "2030-02-30"}),
        ["operation-sunset-invalid"],
        ["operation-sunset-invalid"],
    ),
    "stability": (
        operation(**{"x-stability-level": "beta"}),
        BARE,
        ["operation-stability-increased"],
        ["operation-stability-decreased"],
    ),
    "stability-unknown": (
        BARE,
        operation(**{"x-stability-level": "ga"}),
        ["operation-stability-invalid"],
        ["operation-stability-invalid"],
    ),
    "parameter": (BARE, asked(QUERY), ["request-parameter-added"], ["request-parameter-removed"]),
    "required-parameter": (
        BARE,
        asked({**QUERY, "required": True}),
        ["request-required-parameter-added"],
        ["request-required-parameter-removed"],
    ),
    "parameter-after-sunset": (
        BARE,
        marked(deprecated=True, **{"x-sunset": "2026-11-19"}),
        ["request-parameter-added"],
        ["request-parameter-removed-after-sunset"],
    ),
    "parameter-before-sunset": (
        BARE,
        marked(**SUNSET),
        ["request-parameter-added"],
        ["request-parameter-removed-before-sunset"],
    ),
    "unstable-parameter": (
        BARE,
        marked(**{"x-stability-level": "draft"}),
        ["request-parameter-added"],
        ["request-unstable-parameter-removed"],
    ),
    "parameter-requiredness": (
        asked(QUERY),
        asked({**QUERY, "required": True}),
        ["request-parameter-became-required"],
        ["request-parameter-became-optional"],
    ),
    "parameter-place": (
        asked(QUERY),
        asked({**QUERY, "in": "header"}),
        ["request-parameter-moved"],
        ["request-parameter-moved"],
    ),
    "parameter-default": (
        asked(QUERY),
        asked({**QUERY, "schema": {"type": "string", "default": "a"}}),
        ["request-parameter-default-added"],
        ["request-parameter-default-removed"],
    ),
    "parameter-other-default": (
        asked({**QUERY, "schema": {"type": "string", "default": "b"}}),
        asked({**QUERY, "schema": {"type": "string", "default": "a"}}),
        ["request-parameter-default-changed"],
        ["request-parameter-default-changed"],
    ),
    "parameter-style": (
        asked(LIST),
        asked({**LIST, "style": "pipeDelimited"}),
        ["request-parameter-style-changed"],
        ["request-parameter-style-changed"],
    ),
    "parameter-explode": (
        asked(LIST),
        asked({**LIST, "explode": False}),
        ["request-parameter-style-changed"],
        ["request-parameter-style-changed"],
    ),
    "parameter-content": (
        asked(QUERY),
        asked({"name": "q", "in": "query", "content": {"application/json": {"schema": STR}}}),
        ["request-parameter-content-changed"],
        ["request-parameter-content-changed"],
    ),
    "parameter-empty": (
        asked(QUERY),
        asked({**QUERY, "allowEmptyValue": True}),
        ["request-parameter-empty-value-allowed"],
        ["request-parameter-empty-value-refused"],
    ),
    "parameter-reserved-characters": (
        asked(QUERY),
        asked({**QUERY, "allowReserved": True}),
        ["request-parameter-reserved-characters-allowed"],
        ["request-parameter-reserved-characters-refused"],
    ),
    "parameter-text": (
        asked({**QUERY, "schema": {"type": "integer"}}),
        asked(QUERY),
        ["request-type-widened"],
        ["request-type-narrowed"],
    ),
    "parameter-list": (asked({**QUERY, "schema": STR}), asked(LIST), [], ["request-type-changed"]),
    "path-parameter": (
        asked(path="/a/{x}"),
        asked(
            {"name": "x", "in": "path", "required": True, "schema": {"type": "string", "enum": ["a"]}}, path="/a/{x}"
        ),
        ["request-enum-added"],
        ["request-enum-removed"],
    ),
    "parameter-deprecation": (
        marked(),
        marked(deprecated=True),
        ["request-parameter-deprecated"],
        ["request-parameter-reactivated"],
    ),
    "parameter-sunset": (
        marked(deprecated=True),
        marked(**SUNSET),
        ["request-parameter-sunset-added"],
        ["request-parameter-sunset-removed"],
    ),
    "parameter-sunset-moved": (
        marked(**SUNSET),
        marked(deprecated=True, **{"x-sunset": "2031-01-01"}),
        ["request-parameter-sunset-moved-later"],
        ["request-parameter-sunset-moved-earlier"],
    ),
    "parameter-sunset-unreadable": (
        marked(deprecated=True),
        marked(deprecated=True, **{"x-sunset": "x"}),
        ["request-parameter-sunset-invalid"],
        ["request-parameter-sunset-invalid"],
    ),
    "parameter-stability": (
        marked(**{"x-stability-level": "beta"}),
        marked(),
        ["request-parameter-stability-increased"],
        ["request-parameter-stability-decreased"],
    ),
    "parameter-stability-unknown": (
        marked(),
        marked(**{"x-stability-level": "x"}),
        ["request-parameter-stability-invalid"],
        ["request-parameter-stability-invalid"],
    ),
    "body": (BARE, body(), ["request-body-added"], ["request-body-removed"]),
    "required-body": (BARE, body(required=True), ["request-required-body-added"], ["request-required-body-removed"]),
    "body-requiredness": (
        body(),
        body(required=True),
        ["request-body-became-required"],
        ["request-body-became-optional"],
    ),
    "media-type": (
        body(),
        body({**JSON, "text/plain": {}}),
        ["request-media-type-added"],
        ["request-media-type-removed"],
    ),
    "media-range": (
        body(),
        body({"application/*": JSON["application/json"]}),
        ["request-media-type-widened"],
        ["request-media-type-narrowed"],
    ),
    "schema": (body({"application/json": {}}), body(), ["request-schema-added"], ["request-schema-removed"]),
    "encoding": (
        body({"multipart/form-data": {"schema": {"properties": {"p": STR}}}}),
        body(
            {
                "multipart/form-data": {
                    "schema": {"properties": {"p": STR}},
                    "encoding": {"p": {"contentType": "text/csv"}},
                }
            }
        ),
        ["request-encoding-changed"],
        ["request-encoding-changed"],
    ),
    "required-parameter-with-a-default": (
        operation(parameters=[{"name": "q", "in": "query", "schema": {"type": "integer"}}]),
        operation(
            parameters=[{"name": "q", "in": "query", "required": True, "schema": {"type": "integer", "default": 3}}]
        ),
        ["request-parameter-became-required"],
        ["request-parameter-became-optional"],
    ),
    "encoding-with-more-types": (
        body(part_of(contentType="image/png")),
        body(part_of(contentType="image/*, application/pdf")),
        ["request-encoding-widened"],
        ["request-encoding-narrowed"],
    ),
    "encoding-with-a-header": (
        body(part_of(contentType="image/png")),
        body(part_of(contentType="image/png", headers={"X-A": {"required": True, "schema": STR}})),
        ["request-encoding-narrowed"],
        ["request-encoding-widened"],
    ),
    "response-encoding-with-more-types": (
        answers(s200={"content": part_of(contentType="image/png")}),
        answers(s200={"content": part_of(contentType="image/png, image/gif")}),
        ["response-encoding-widened"],
        ["response-encoding-narrowed"],
    ),
    "encoding-of-a-list": (
        body({"multipart/form-data": {"schema": {"properties": {"p": LIST["schema"]}}}}),
        body(
            {
                "multipart/form-data": {
                    "schema": {"properties": {"p": LIST["schema"]}},
                    "encoding": {"p": {"explode": False}},
                }
            }
        ),
        ["request-encoding-changed"],
        ["request-encoding-changed"],
    ),
    "character-set-of-a-request": (
        body({"text/csv": {}}),
        body({"text/csv; charset=utf-16": {}}),
        ["request-charset-changed"],
        ["request-charset-changed"],
    ),
    "character-set": (
        answers(s200={"content": {"text/csv": {}}}),
        answers(s200={"content": {"text/csv; charset=utf-16": {}}}),
        ["response-charset-changed"],
        ["response-charset-changed"],
    ),
    "response-encoding": (
        answers(s200={"content": {"multipart/form-data": {"schema": {"properties": {"p": STR}}}}}),
        answers(
            s200={
                "content": {
                    "multipart/form-data": {
                        "schema": {"properties": {"p": STR}},
                        "encoding": {"p": {"contentType": "a/b"}},
                    }
                }
            }
        ),
        ["response-encoding-changed"],
        ["response-encoding-changed"],
    ),
    "response-media-type": (
        answers(s200={"content": JSON}),
        answers(s200={"content": {**JSON, "text/plain": {}}}),
        ["response-media-type-added"],
        ["response-media-type-removed"],
    ),
    "response-media-suffix": (
        answers(s200={"content": {"application/problem+json": {}}}),
        answers(s200={"content": {"application/json": {}}}),
        ["response-media-type-widened"],
        ["response-media-type-narrowed"],
    ),
    "response-schema": (
        answers(s200={"content": {"application/json": {}}}),
        answers(s200={"content": JSON}),
        ["response-schema-added"],
        ["response-schema-removed"],
    ),
    "success": (
        answers(s200={}),
        answers(s200={}, s201={}),
        ["response-success-status-added"],
        ["response-success-status-removed"],
    ),
    "error": (
        answers(s200={}),
        answers(s200={}, s404={}),
        ["response-error-status-added"],
        ["response-error-status-removed"],
    ),
    "default": (
        answers(s200={}),
        answers(s200={}, default={}),
        ["response-default-status-added"],
        ["response-default-status-removed"],
    ),
    "error-beside-default": (
        answers(s200={}, default={}),
        answers(s200={}, s404={}, default={}),
        ["response-error-status-added"],
        ["response-error-status-left-to-default"],
    ),
    "error-beside-default-of-another-shape": (
        answers(s200={}, default={"content": JSON}),
        answers(s200={}, s404={"content": TEXTS}, default={"content": JSON}),
        ["response-error-status-added", "response-type-changed"],
        ["response-error-status-left-to-default", "response-type-changed"],
    ),
    "success-beside-default-of-another-shape": (
        answers(s200={}, default={"content": JSON}),
        answers(s200={}, s201={"content": TEXTS}, default={"content": JSON}),
        ["response-success-status-unlike-default"],
        ["response-success-status-removed"],
    ),
    "further-success-beside-default-of-another-shape": (
        answers(s200=shaped(name=STR), default={"content": TEXTS}),
        answers(s200=shaped(name=STR), s201=shaped(name=STR), default={"content": TEXTS}),
        ["response-success-status-unlike-default"],
        ["response-success-status-removed"],
    ),
    "success-beside-default-and-a-further-range": (
        answers(s2XX=shaped(name=STR), default={"content": TEXTS}),
        answers(s2XX=shaped(name=STR), s302=shaped(place=STR), default={"content": TEXTS}),
        ["response-success-status-unlike-default"],
        ["response-success-status-removed"],
    ),
    "further-success-of-a-receiver-beside-default": (
        called(c={"responses": {**OK, "default": {"description": "x", "content": JSON}}}),
        called(c={"responses": {**OK, "201": {"description": "x"}, "default": {"description": "x", "content": JSON}}}),
        ["request-success-status-unlike-default"],
        ["request-success-status-removed"],
    ),
    "further-success-beside-default-of-one-shape": (
        answers(s200={}, default={"content": JSON}),
        answers(s200={}, s201={"content": JSON}, default={"content": JSON}),
        ["response-success-status-added"],
        ["response-success-status-left-to-default"],
    ),
    "success-beside-default-of-one-shape": (
        answers(default={"content": JSON}),
        answers(s200={"content": JSON}, default={"content": JSON}),
        ["response-success-status-added"],
        ["response-success-status-left-to-default"],
    ),
    "success-beside-default-of-other-optional-members": (
        answers(default=shaped(code=STR)),
        answers(s200=shaped(name=STR), default=shaped(code=STR)),
        [
            "response-optional-property-added",
            "response-optional-property-removed",
            "response-success-status-added",
        ],
        ["response-success-status-removed"],
    ),
    "success-instead-of-default": (
        answers(default={"content": JSON}),
        answers(s200={"content": JSON}),
        ["response-default-status-removed", "response-success-status-added"],
        ["response-default-status-added", "response-success-status-left-to-default"],
    ),
    "success-of-a-receiver-beside-default": (
        called(c={"responses": {"default": {"description": "x"}}}),
        called(c={"responses": {**OK, "default": {"description": "x"}}}),
        ["request-success-status-added"],
        ["request-success-status-left-to-default"],
    ),
    "no-content-beside-default": (
        answers(s200={}, default={"content": JSON}),
        answers(s200={}, s204={}, default={"content": JSON}),
        ["response-success-status-added"],
        ["response-success-status-removed"],
    ),
    "range-beside-default": (
        answers(s200={}, default={"content": JSON}),
        answers(s200={}, s4XX={"content": TEXTS}, default={"content": JSON}),
        ["response-error-status-added", "response-type-changed"],
        ["response-error-status-left-to-default", "response-type-changed"],
    ),
    "code-in-a-range": (
        answers(s200={}, s4XX={"content": JSON}, default={"content": TEXTS}),
        answers(s200={}, s404={"content": TEXTS}, s4XX={"content": JSON}, default={"content": TEXTS}),
        ["response-type-changed"],
        ["response-type-changed"],
    ),
    "media-type-in-a-range": (
        answers(s200={"content": {"*/*": {"schema": STR}}}),
        answers(s200={"content": {"*/*": {"schema": STR}, **JSON}}),
        ["response-media-type-added", "response-type-changed"],
        ["response-media-type-left-to-range", "response-type-changed"],
    ),
    "media-type-in-the-nearer-range": (
        body({"*/*": {"schema": STR}, "text/*": {}}),
        body({"*/*": {"schema": STR}, "text/*": {}, "text/csv": {"schema": STR}}),
        ["request-media-type-added", "request-schema-added"],
        ["request-media-type-left-to-range", "request-schema-removed"],
    ),
    "header": (answers(s200={}), header(), ["response-header-added"], ["response-header-removed"]),
    "required-header": (
        answers(s200={}),
        header(required=True),
        ["response-required-header-added"],
        ["response-required-header-removed"],
    ),
    "header-deprecation": (
        header(),
        header(deprecated=True),
        ["response-header-deprecated"],
        ["response-header-reactivated"],
    ),
    "header-of-an-object": (
        header(schema=THING),
        header(schema=THING, explode=True),
        ["response-header-style-changed"],
        ["response-header-style-changed"],
    ),
    "header-in-json": (
        header(schema=THING),
        header(schema=THING, content={"application/json": {"schema": THING}}),
        ["response-header-content-changed"],
        ["response-header-content-changed"],
    ),
    "header-requiredness": (
        header(),
        header(required=True),
        ["response-header-became-required"],
        ["response-header-became-optional"],
    ),
    "header-text": (
        header(schema={"type": "integer"}),
        header(),
        ["response-type-widened"],
        ["response-type-narrowed"],
    ),
    "link": (answers(s200={}), answers(s200={"links": {"l": {"operationId": "x"}}}), ["link-added"], ["link-removed"]),
    "other-link": (
        answers(s200={"links": {"l": {"operationId": "y"}}}),
        answers(s200={"links": {"l": {"operationId": "x"}}}),
        ["link-changed"],
        ["link-changed"],
    ),
    "xml-sent": (
        body({"application/xml": {"schema": {**STR, "xml": {"name": "a"}}}}),
        body({"application/xml": {"schema": {**STR, "xml": {"name": "b"}}}}),
        ["request-xml-changed"],
        ["request-xml-changed"],
    ),
    "xml-answered": (
        answers(s200={"content": {"application/xml": {"schema": {**STR, "xml": {"name": "a"}}}}}),
        answers(s200={"content": {"application/xml": {"schema": {**STR, "xml": {"name": "b"}}}}}),
        ["response-xml-changed"],
        ["response-xml-changed"],
    ),
    "callback": (BARE, called(c={"responses": OK}), ["callback-added"], ["callback-removed"]),
    "callback-body": (
        called(c={"responses": OK}),
        called(c={"requestBody": {"content": JSON}, "responses": OK}),
        ["response-body-added"],
        ["response-body-removed"],
    ),
    "callback-status": (
        called(c={"responses": OK}),
        called(c={"responses": {**OK, "201": {"description": "x"}}}),
        ["request-success-status-added"],
        ["request-success-status-removed"],
    ),
    "callback-error": (
        called(c={"responses": OK}),
        called(c={"responses": {**OK, "410": {"description": "x"}}}),
        ["request-error-status-added"],
        ["request-error-status-removed"],
    ),
    "callback-error-beside-default": (
        called(c={"responses": {**OK, "default": {"description": "x"}}}),
        called(c={"responses": {**OK, "410": {"description": "x"}, "default": {"description": "x"}}}),
        ["request-error-status-added"],
        ["request-error-status-left-to-default"],
    ),
    "callback-default": (
        called(c={"responses": OK}),
        called(c={"responses": {**OK, "default": {"description": "x"}}}),
        ["request-default-status-added"],
        ["request-default-status-removed"],
    ),
    "webhook": (hooked(), hooked(w={"content": JSON}), ["webhook-added"], ["webhook-removed"]),
    "webhook-requiredness": (
        hooked(w={"content": JSON}),
        hooked(w={"content": JSON, "required": True}),
        ["response-body-became-required"],
        ["response-body-became-optional"],
    ),
    "webhook-member": (
        hooked(w={"content": JSON}),
        hooked(
            w={
                "content": {
                    "application/json": {"schema": {"type": "object", "required": ["p"], "properties": {"p": STR}}}
                }
            }
        ),
        ["response-required-property-added"],
        ["response-required-property-removed"],
    ),
    "security": (BARE, secured(KEY, {"k": []}), ["security-added"], ["security-removed"]),
    "optional-security": (
        secured(KEY, {}, {"k": []}),
        secured(KEY, {"k": []}),
        ["security-added"],
        ["security-removed"],
    ),
    "one-server-less": (
        document(ONE["paths"], servers=[{"url": "https://a.example/eu"}, {"url": "https://a.example/us"}]),
        document(ONE["paths"], servers=[{"url": "https://a.example/eu"}]),
        ["server-path-removed"],
        ["server-path-added"],
    ),
    "one-value-less-of-a-server": (
        document(
            ONE["paths"],
            servers=[{"url": "https://a.example/{r}", "variables": {"r": {"default": "eu", "enum": ["eu", "us"]}}}],
        ),
        document(ONE["paths"], servers=[{"url": "https://{r}.example/eu", "variables": {"r": {"default": "a"}}}]),
        ["server-path-removed"],
        ["server-path-added"],
    ),
    "credentials-at-once": (
        secured(KEY, {"k": []}),
        secured({**KEY, **OAUTH}, {"k": [], "o": []}),
        ["security-credentials-added"],
        ["security-alternative-added"],
    ),
    "either-credentials-now-both": (
        secured({**KEY, **OAUTH}, {"k": []}, {"o": []}),
        secured({**KEY, **OAUTH}, {"k": [], "o": []}),
        ["security-credentials-added"],
        ["security-alternative-added", "security-alternative-added"],
    ),
    "more-security": (
        secured({**KEY, **OAUTH}, {"k": []}),
        secured({**KEY, **OAUTH}, {"k": []}, {"o": []}),
        ["security-alternative-added"],
        ["security-alternative-removed"],
    ),
    "one-of-two-alike-schemes": (
        secured(TWINS, {"users": []}),
        secured(TWINS, {"users": []}, {"admins": []}),
        ["security-alternative-added"],
        ["security-alternative-removed"],
    ),
    "both-of-two-alike-schemes": (
        secured(TWINS, {"users": []}),
        secured(TWINS, {"users": [], "admins": []}),
        ["security-credentials-added"],
        ["security-alternative-added"],
    ),
    "alike-scheme-of-another-name": (
        secured(TWINS, {"users": []}, {"admins": []}),
        secured(TWINS, {"users": []}, {"robots": []}),
        [],
        [],
    ),
    "scopes-of-two-issuers-at-once": (
        secured(ISSUERS, {"one": ["r"], "other": ["r"]}),
        secured(ISSUERS, {"one": ["r", "w"], "other": ["r"]}),
        ["security-scope-added"],
        ["security-scope-removed"],
    ),
    "another-issuer": (
        secured(ISSUERS, {"one": ["r"]}),
        secured(ISSUERS, {"other": ["r"]}),
        ["security-alternative-removed"],
        ["security-alternative-removed"],
    ),
    "scope": (
        secured(OAUTH, {"o": []}),
        secured(OAUTH, {"o": ["r"]}),
        ["security-scope-added"],
        ["security-scope-removed"],
    ),
    "scheme": (
        secured(KEY, {"k": []}),
        secured({"k": {"type": "http", "scheme": "basic"}}, {"k": []}),
        ["security-scheme-changed"],
        ["security-scheme-changed"],
    ),
    "required-parameter-in-another-place": (
        asked({**QUERY, "required": True, "schema": {"type": "integer"}}),
        asked({**QUERY, "required": True, "in": "cookie"}),
        ["request-required-parameter-moved", "request-type-widened"],
        ["request-required-parameter-moved", "request-type-narrowed"],
    ),
    "parameter-in-another-place-that-becomes-required": (
        asked(LIST),
        asked({**LIST, "required": True, "in": "header"}),
        ["request-required-parameter-moved"],
        ["request-parameter-moved"],
    ),
    "deprecated-parameter-in-another-place": (
        asked({**QUERY, "deprecated": True, "x-sunset": "2026-01-01"}),
        asked({**QUERY, "in": "header"}),
        ["request-parameter-added", "request-parameter-removed-after-sunset"],
        ["request-parameter-deprecated", "request-parameter-moved"],
    ),
    "default-of-a-discriminator-sent": (
        of_3_2(body({"application/json": {"schema": told_apart("Cat")}})),
        of_3_2(body({"application/json": {"schema": told_apart()}})),
        ["request-discriminator-default-removed"],
        ["request-discriminator-default-added"],
    ),
    "default-of-a-discriminator-answered": (
        of_3_2(answers(s200={"content": {"application/json": {"schema": told_apart("Cat")}}})),
        of_3_2(answers(s200={"content": {"application/json": {"schema": told_apart()}}})),
        ["response-discriminator-default-removed"],
        ["response-discriminator-default-added"],
    ),
    "another-default-of-a-discriminator": (
        of_3_2(body({"application/json": {"schema": told_apart("Cat")}})),
        of_3_2(body({"application/json": {"schema": told_apart("Dog")}})),
        ["request-discriminator-default-changed"],
        ["request-discriminator-default-changed"],
    ),
    "another-default-of-a-discriminator-answered": (
        of_3_2(answers(s200={"content": {"application/json": {"schema": told_apart("Cat")}}})),
        of_3_2(answers(s200={"content": {"application/json": {"schema": told_apart("Dog")}}})),
        ["response-discriminator-default-changed"],
        ["response-discriminator-default-changed"],
    ),
    "header-of-a-part": (
        body(part_of(headers={"X-A": {"schema": {"type": "string", "maxLength": 9}}})),
        body(part_of(headers={"X-A": {"schema": {"type": "string", "maxLength": 5}}})),
        ["request-max-length-decreased"],
        ["request-max-length-increased"],
    ),
    "encoding-of-each-part": (
        of_3_2(body({"multipart/mixed": {"itemSchema": STR, "itemEncoding": {"contentType": "text/*"}}})),
        of_3_2(body({"multipart/mixed": {"itemSchema": STR, "itemEncoding": {"contentType": "text/csv"}}})),
        ["request-encoding-narrowed"],
        ["request-encoding-widened"],
    ),
    "encoding-of-the-first-part": (
        of_3_2(body({"multipart/mixed": {"prefixEncoding": [{"contentType": "text/csv"}]}})),
        of_3_2(body({"multipart/mixed": {"prefixEncoding": [{"contentType": "image/png"}]}})),
        ["request-encoding-changed"],
        ["request-encoding-changed"],
    ),
    "scopes-at-once": (
        secured(OAUTH, {"o": ["r"]}, {"o": ["w"]}),
        secured(OAUTH, {"o": ["r", "w"]}),
        ["security-credentials-added"],
        ["security-scope-removed", "security-scope-removed"],
    ),
    "scheme-deprecation": (
        secured(KEY, {"k": []}),
        secured({"k": {**KEY["k"], "deprecated": True}}, {"k": []}),
        ["security-scheme-deprecated"],
        ["security-scheme-reactivated"],
    ),
    "flow": (
        secured(OAUTH, {"o": []}),
        secured({"o": {**OAUTH["o"], "flows": {**OAUTH["o"]["flows"], "password": {"tokenUrl": "/t"}}}}, {"o": []}),
        ["security-flow-added"],
        ["security-flow-removed"],
    ),
    "scheme-address": (
        secured(OAUTH, {"o": []}),
        secured(
            {"o": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "https://a.example/2", "scopes": {}}}}},
            {"o": []},
        ),
        ["security-scheme-address-changed"],
        ["security-scheme-address-changed"],
    ),
    "server-path": (
        {**ONE, "servers": [{"url": "https://x.example/one"}]},
        {**ONE, "servers": [{"url": "https://x.example/two"}]},
        ["server-path-changed"],
        ["server-path-changed"],
    ),
}
"""Id -> one document, the other, and the rules of the way there and of the way back."""

PETS = {"name": "id", "in": "path", "required": True, "schema": STR}

SILENT: dict[str, tuple[Any, Any]] = {
    "other-parameters-of-an-object-are-texts": (
        asked({**QUERY, "schema": THING}),
        asked({**QUERY, "schema": {**THING, "additionalProperties": STR}}),
    ),
    "link-that-says-where-its-parameters-stand": (
        answers(s200={"links": {"l": {"operationId": "x", "parameters": {"id": "$response.body#/id"}}}}),
        answers(s200={"links": {"l": {"operationId": "x", "parameters": {"path.id": "$response.body#/id"}}}}),
    ),
    "default-as-a-text": (
        asked({**QUERY, "schema": {"type": "integer", "default": 0}}),
        asked({**QUERY, "schema": {"type": "integer", "default": "0"}}),
    ),
    "charset-of-json-in-a-parameter": (
        asked({"name": "q", "in": "query", "content": {"application/json": {}}}),
        asked({"name": "q", "in": "query", "content": {"application/json; charset=utf-8": {}}}),
    ),
    "callback-by-another-key": (called(c={"responses": OK}), called(d={"responses": OK})),
    "spaces-between-no-values": (
        asked({**LIST, "style": "spaceDelimited", "explode": True}),
        asked({**LIST, "style": "form", "explode": True}),
    ),
    "header-of-a-list": (
        header(schema={"type": "array"}),
        header(schema={"type": "array"}, explode=True),
    ),
    "encoded-space-in-a-path": (
        document({"/a b": {"get": {"responses": OK}}}),
        document({"/a%20b": {"get": {"responses": OK}}}),
    ),
    "parameters-as-a-deep-object": (
        asked({"name": "filter[a]", "in": "query", "required": True, "schema": STR}),
        asked(
            {
                "name": "filter",
                "in": "query",
                "required": True,
                "style": "deepObject",
                "schema": {"type": "object", "required": ["a"], "properties": {"a": STR}},
            }
        ),
    ),
    "parameters-as-a-query-string": (
        asked({"name": "a", "in": "query", "required": True, "schema": STR}, version="3.2.0"),
        asked(
            {
                "name": "all",
                "in": "querystring",
                "required": True,
                "content": {
                    "application/x-www-form-urlencoded": {
                        "schema": {"type": "object", "required": ["a"], "properties": {"a": STR}}
                    }
                },
            },
            version="3.2.0",
        ),
    ),
    "cookie-as-it-is-written": (
        asked({"name": "a", "in": "cookie", "schema": STR}, version="3.2.0"),
        asked({"name": "a", "in": "cookie", "style": "cookie", "schema": STR}, version="3.2.0"),
    ),
    "path-level-parameter": (asked(QUERY), document({"/a": {"parameters": [QUERY], "get": {"responses": OK}}})),
    "overridden-parameter": (
        asked(QUERY),
        document(
            {"/a": {"parameters": [{**QUERY, "required": True}], "get": {"parameters": [QUERY], "responses": OK}}}
        ),
    ),
    "renamed-path-parameter": (asked(PETS, path="/a/{id}"), asked({**PETS, "name": "pet"}, path="/a/{pet}")),
    "misnamed-path-parameter": (asked(PETS, path="/a/{id}"), asked({**PETS, "name": "pet"}, path="/a/{id}")),
    "header-case": (asked({**QUERY, "in": "header", "name": "X-A"}), asked({**QUERY, "in": "header", "name": "x-a"})),
    "ignored-header": (asked(), asked({**QUERY, "in": "header", "name": "Authorization", "required": True})),
    "order-of-parameters": (asked(QUERY, PETS), asked(PETS, QUERY)),
    "default-style": (asked(LIST), asked({**LIST, "style": "form", "explode": True})),
    "style-of-a-scalar": (asked(QUERY), asked({**QUERY, "explode": False})),
    "version-prefix": ({**ONE, "servers": [{"url": "/v1"}]}, {**ONE, "servers": [{"url": "https://x.example/v2/"}]}),
    "version-in-path": ({**ONE, "servers": [{"url": "/v1"}]}, document({"/v1/a": {"get": {"responses": OK}}})),
    "versions-in-paths": (
        document({"/v1/a": {"get": {"responses": OK}}}),
        document({"/v2/a": {"get": {"responses": OK}}}),
    ),
    "host": ({**ONE, "servers": [{"url": "https://x.example"}]}, {**ONE, "servers": [{"url": "https://y.example"}]}),
    "charset": (body(), body({"application/json; charset=utf-8": JSON["application/json"]})),
    "scheme-name": (secured(KEY, {"k": []}), secured({"other": KEY["k"]}, {"other": []})),
    "global-security": (
        secured(KEY, {"k": []}),
        {**operation(), "security": [{"k": []}], "components": {"securitySchemes": KEY}},
    ),
    "order-of-security": (
        secured({**KEY, **OAUTH}, {"k": []}, {"o": []}),
        secured({**KEY, **OAUTH}, {"o": []}, {"k": []}),
    ),
    "words": (operation(summary="a", description="b"), operation(externalDocs={"url": "https://x.example"})),
    "unused-component": (operation(), {**operation(), "components": {"schemas": {"Unused": STR}}}),
    "encoding-style-of-a-text": (
        body({"multipart/form-data": {"schema": {"properties": {"p": STR}}}}),
        body(
            {"multipart/form-data": {"schema": {"properties": {"p": STR}}, "encoding": {"p": {"style": "deepObject"}}}}
        ),
    ),
    "status-case": (answers(s200={}, s4XX={}), answers(s200={}, s4xx={})),
    "unstable-operation": (
        operation(**{"x-stability-level": "alpha"}),
        asked({**QUERY, "required": True})
        | {
            "paths": {
                "/a": {
                    "get": {"x-stability-level": "alpha", "parameters": [{**QUERY, "required": True}], "responses": OK}
                }
            }
        },
    ),
    "same-default-of-another-type": (
        asked({**QUERY, "schema": {"type": "object", "default": "X"}}),
        asked({**QUERY, "schema": {"type": "object", "default": "Y"}}),
    ),
}
"""Pairs that mean the same."""
