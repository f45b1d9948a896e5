"""What security, paths, servers, callbacks and marks do to a client; and Swagger 2.0."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import OK, asked, document, operation
from tests.diff.verdict_parts import (
    BREAKS,
    INT,
    ITEM,
    SCHEMES,
    SILENT,
    STR,
    TELLS,
    WARNS,
    as_json,
    at,
    called_back,
    consuming,
    fine,
    form,
    hooked,
    joined,
    members,
    path_parameter,
    producing,
    query,
    secured,
    swagger,
    with_flow,
    with_scheme,
)

OPERATIONS: dict[str, tuple[Any, Any, str]] = {
    "sec-added": (document({"/a": ITEM}, components=SCHEMES), secured({"k": []}), BREAKS),
    "sec-or-added": (secured({"k": []}), secured({"k": []}, {"b": []}), TELLS),
    "sec-or-removed": (secured({"k": []}, {"b": []}), secured({"k": []}), BREAKS),
    "sec-and-added": (secured({"k": []}), secured({"k": [], "b": []}), BREAKS),
    "sec-and-removed": (secured({"k": [], "b": []}), secured({"k": []}), TELLS),
    "sec-optional": (secured({"k": []}), secured({}, {"k": []}), TELLS),
    "sec-optional-removed": (secured({}, {"k": []}), secured({"k": []}), BREAKS),
    "sec-none": (
        document({"/a": ITEM}, components=SCHEMES),
        document({"/a": {"get": {"responses": OK, "security": []}}}, components=SCHEMES),
        SILENT,
    ),
    "global-op": (document({"/a": ITEM}, components=SCHEMES, security=[{"k": []}]), secured({"k": []}), SILENT),
    "scope-add": (secured({"o": ["r"]}), secured({"o": ["r", "w"]}), BREAKS),
    "scope-rm": (secured({"o": ["r", "w"]}), secured({"o": ["r"]}), TELLS),
    "sec-scheme-in-and-one-renamed-order": (secured({"k": [], "b": []}), secured({"b": [], "k": []}), SILENT),
    "apikey-http": (
        with_scheme({"type": "apiKey", "in": "header", "name": "K"}),
        with_scheme({"type": "http", "scheme": "basic"}),
        BREAKS,
    ),
    "apikey-header-name": (
        with_scheme({"type": "apiKey", "in": "header", "name": "K"}),
        with_scheme({"type": "apiKey", "in": "header", "name": "Z"}),
        BREAKS,
    ),
    "apikey-header-authorization-bearer-equal": (
        with_scheme({"type": "http", "scheme": "bearer"}),
        with_scheme({"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"}),
        SILENT,
    ),
    "oauth-url": (with_flow("authorizationCode"), with_flow("authorizationCode", authorizationUrl="http://b"), TELLS),
    "oauth-flow-removed": (with_flow("authorizationCode"), with_flow("implicit"), WARNS),
    "oauth-scope-removed-from-component": (with_flow("implicit"), with_flow("implicit", scopes={}), SILENT),
    "oauth-to-oidc": (
        with_flow("implicit"),
        with_scheme({"type": "openIdConnect", "openIdConnectUrl": "http://x"}),
        BREAKS,
    ),
    "operationid": (operation(operationId="a"), operation(operationId="b"), TELLS),
    "tags": (operation(tags=["a"]), operation(tags=["b"]), TELLS),
    "deprecated": (operation(), operation(deprecated=True), TELLS),
    "trailing-slash": (at("/a"), at("/a/"), BREAKS),
    "renamed-path-param": (
        at("/a/{x}", parameters=[path_parameter("x")]),
        at("/a/{y}", parameters=[path_parameter("y")]),
        SILENT,
    ),
    "renamed-w-type": (
        at("/a/{x}", parameters=[path_parameter("x")]),
        at("/a/{y}", parameters=[path_parameter("y", schema=INT)]),
        BREAKS,
    ),
    "path-conflict": (document({"/a/{x}": ITEM, "/a/b": ITEM}), document({"/a/{x}": ITEM}), BREAKS),
    "two-params-swap-names": (
        at("/a/{x}/{y}", parameters=[path_parameter("x"), path_parameter("y", schema=INT)]),
        at("/a/{y}/{x}", parameters=[path_parameter("y"), path_parameter("x", schema=INT)]),
        SILENT,
    ),
    "servers-version": (
        document({"/a": ITEM}, servers=[{"url": "https://h/v1"}]),
        document({"/a": ITEM}, servers=[{"url": "https://h/v2"}]),
        SILENT,
    ),
    "servers-vars": (
        document(
            {"/a": ITEM},
            servers=[{"url": "https://{h}/{b}", "variables": {"h": {"default": "x"}, "b": {"default": "api"}}}],
        ),
        document({"/a": ITEM}, servers=[{"url": "https://x/api"}]),
        SILENT,
    ),
    "server-prefix-moved": (
        document({"/api/a": ITEM}, servers=[{"url": "https://h/"}]),
        document({"/a": ITEM}, servers=[{"url": "https://h/api"}]),
        SILENT,
    ),
    "server-prefix-lost": (
        document({"/a": ITEM}, servers=[{"url": "https://h/api"}]),
        document({"/a": ITEM}, servers=[{"url": "https://h/"}]),
        BREAKS,
    ),
    "servers-second-added": (
        document({"/a": ITEM}, servers=[{"url": "https://h/api"}]),
        document({"/a": ITEM}, servers=[{"url": "https://h/api"}, {"url": "https://t/x"}]),
        TELLS,
    ),
    "servers-order": (
        document({"/a": ITEM}, servers=[{"url": "https://h/api"}, {"url": "https://t/x"}]),
        document({"/a": ITEM}, servers=[{"url": "https://t/x"}, {"url": "https://h/api"}]),
        SILENT,
    ),
    "method-removed": (
        document({"/a": {"get": {"responses": OK}, "post": {"responses": OK}}}),
        document({"/a": ITEM}),
        BREAKS,
    ),
    "callback-body-widen-server-sends": (called_back(INT), called_back({"type": "number"}), BREAKS),
    "callback-body-narrow": (called_back({"type": "number"}), called_back(INT), TELLS),
    "callback-removed": (called_back(STR), operation(), BREAKS),
    "callback-expr-key-changed": (
        called_back(STR),
        operation(
            callbacks={
                "c": {"{$request.body#/v}": {"post": {"requestBody": {"content": as_json(STR)}, "responses": OK}}}
            }
        ),
        BREAKS,
    ),
    "webhook-removed": (hooked(), document({"/a": ITEM}), BREAKS),
    "webhook-added": (document({"/a": ITEM}), hooked(), TELLS),
    "webhook-body-required": (hooked(), hooked(requestBody={"required": True, "content": as_json(STR)}), TELLS),
    "link-changed": (
        operation(responses={"200": {"description": "", "links": {"l": {"operationId": "a"}}}}),
        operation(responses={"200": {"description": "", "links": {"l": {"operationId": "b"}}}}),
        WARNS,
    ),
    "stability-alpha-op-removed": (at("/b", **{"x-stability-level": "alpha"}), document({}), TELLS),
    "sunset-past-removed": (at("/b", deprecated=True, **{"x-sunset": "2026-01-01"}), document({}), TELLS),
    "sunset-future-removed": (at("/b", deprecated=True, **{"x-sunset": "2027-01-01"}), document({}), BREAKS),
    "param-sunset-removal-deleted": (
        asked(query(deprecated=True, **{"x-sunset": "2027-01-01"})),
        asked(query(deprecated=True)),
        BREAKS,
    ),
    "resp-content-removed": (operation(responses=fine(as_json(STR))), operation(), BREAKS),
    "resp-content-added": (operation(), operation(responses=fine(as_json(STR))), TELLS),
    "req-body-added-optional": (
        document({"/a": {"post": {"responses": OK}}}),
        document({"/a": {"post": {"requestBody": {"content": as_json(STR)}, "responses": OK}}}),
        TELLS,
    ),
    "req-body-removed": (
        document({"/a": {"post": {"requestBody": {"content": as_json(STR)}, "responses": OK}}}),
        document({"/a": {"post": {"responses": OK}}}),
        BREAKS,
    ),
    "path-level-description-summary-servers": (
        document({"/a": {**ITEM, "summary": "s"}}),
        document({"/a": ITEM}),
        SILENT,
    ),
    "op-level-servers": (
        document({"/a": ITEM}, servers=[{"url": "/x"}]),
        document({"/a": {"get": {"responses": OK, "servers": [{"url": "/x"}]}}}),
        SILENT,
    ),
    "deprecated-false": (operation(deprecated=False), operation(), SILENT),
    "param-required-false": (asked(query(required=False)), asked(query()), SILENT),
    "sw-basepath": (swagger(basePath="/x"), swagger(basePath="/y"), BREAKS),
    "sw-basepath-v": (swagger(basePath="/v1"), swagger(basePath="/v2"), SILENT),
    "sw-form-required": (form(), form(required=True), BREAKS),
    "sw-form-type": (form(), form(type="integer"), BREAKS),
    "sw-form-type-relax": (form(type="integer"), form(type="string"), TELLS),
    "sw-collectionformat": (joined("csv"), joined("pipes"), BREAKS),
    "sw-collectionformat-default": (
        joined("csv"),
        swagger(op={"parameters": [{"name": "f", "in": "query", "type": "array", "items": {"type": "string"}}]}),
        SILENT,
    ),
    "sw-collectionformat-tsv": (joined("csv"), joined("tsv"), BREAKS),
    "sw-consumes-rm": (consuming(["application/json", "application/xml"]), consuming(["application/json"]), BREAKS),
    "sw-consumes-global": (
        consuming(["application/json"]),
        swagger(op={"parameters": [{"name": "b", "in": "body", "schema": STR}]}, consumes=["application/json"]),
        SILENT,
    ),
    "sw-produces-rm": (producing(["application/json", "application/xml"]), producing(["application/json"]), BREAKS),
    "sw-produces-add": (producing(["application/json"]), producing(["application/json", "text/csv"]), TELLS),
    "sw-body-renamed": (
        swagger(op={"parameters": [{"name": "b", "in": "body", "schema": STR}]}),
        swagger(op={"parameters": [{"name": "c", "in": "body", "schema": STR}]}),
        SILENT,
    ),
    "sw-x-nullable": (
        swagger(op={"parameters": [{"name": "b", "in": "body", "schema": {**STR, "x-nullable": True}}]}),
        swagger(op={"parameters": [{"name": "b", "in": "body", "schema": STR}]}),
        BREAKS,
    ),
    "sw-allowemptyvalue": (
        swagger(op={"parameters": [{"name": "f", "in": "query", "type": "string", "allowEmptyValue": True}]}),
        swagger(op={"parameters": [{"name": "f", "in": "query", "type": "string"}]}),
        BREAKS,
    ),
    "sw-discriminator": (
        swagger(
            op={"parameters": [{"name": "b", "in": "body", "schema": {**members({"k": STR}), "discriminator": "k"}}]}
        ),
        swagger(
            op={"parameters": [{"name": "b", "in": "body", "schema": {**members({"k": STR}), "discriminator": "k"}}]}
        ),
        SILENT,
    ),
}
"""Id -> the old document, the new one, and the verdict."""
