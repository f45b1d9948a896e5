"""What users of comparing tools argue about in public: each row is a small pair of a kind that was reported, and its verdict here."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import OK, answered, asked, document, operation, sent
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
    fine,
    hooked,
    members,
    path_parameter,
    query,
    reference,
    secured,
    with_flow,
    with_header,
    with_scheme,
)

NULL = {"type": "null"}
COLOURS = {"type": "string", "enum": ["red", "green", "blue"]}
TWO = {"type": "string", "enum": ["red", "green"]}


def kind(value: str, **more: Any) -> dict[str, Any]:
    """An object of a kind, whose members are always there."""
    return members({"k": {"const": value}, **more}, required=["k", *more])


def inherits(base: dict[str, Any], own: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An answer whose schema takes over another one."""
    return answered({"allOf": [reference("Base"), own], **more}, Base=base)


def deep(schema: dict[str, Any]) -> dict[str, Any]:
    """A filter that is written as several query parameters."""
    return asked(query(style="deepObject", explode=True, schema=members({"colour": schema})))


def with_parameters(item: list[dict[str, Any]], own: list[dict[str, Any]]) -> dict[str, Any]:
    """Parameters of a path and of its operation."""
    return document({"/a/{id}": {"parameters": item, "get": {"parameters": own, "responses": OK}}})


def ending(**marks: Any) -> dict[str, Any]:
    """An answer one of whose members is marked, and another one is not."""
    return answered(members({"a": {**STR, **marks}, "b": STR}, required=["a", "b"]))


def queried(method: str) -> dict[str, Any]:
    """An operation with a method of OpenAPI 3.2."""
    item = {"additionalOperations": {method: {"responses": OK}}} if method != "query" else {method: {"responses": OK}}
    return document({"/a": {**ITEM, **item}}, "3.2.0")


TUPLE = {"type": "array", "prefixItems": [STR, INT]}

REPORTS: dict[str, tuple[Any, Any, str]] = {
    # Objects and what they take over
    "member-moved-to-the-base": (
        inherits(members({"a": STR}), members({"b": STR, "c": STR})),
        inherits(members({"a": STR, "b": STR}), members({"c": STR})),
        SILENT,
    ),
    "inherited-member-no-longer-required": (
        inherits(members({"a": STR, "b": STR}), members({"c": STR}), required=["a", "b"]),
        inherits(members({"a": STR, "b": STR}), members({"c": STR}), required=["a"]),
        BREAKS,
    ),
    "all-of-with-a-note-only": (sent({"allOf": [STR]}), sent({"allOf": [STR, {"description": "x"}]}), SILENT),
    "all-of-flattened": (
        answered({"allOf": [members({"a": STR}, required=["a"]), members({"b": STR})]}),
        answered(members({"a": STR, "b": STR}, required=["a"])),
        SILENT,
    ),
    "all-of-over-one-of-distributed": (
        sent(
            {
                "allOf": [
                    members({"a": STR}),
                    {"oneOf": [members({"k": {"const": "x"}}), members({"k": {"const": "y"}})]},
                ]
            }
        ),
        sent({"oneOf": [members({"a": STR, "k": {"const": "x"}}), members({"a": STR, "k": {"const": "y"}})]}),
        SILENT,
    ),
    "member-handed-down-to-alternatives-of-an-answer": (
        answered({**members({"a": STR}, required=["a"]), "oneOf": [kind("x"), kind("y")]}),
        answered({"oneOf": [kind("x", a=STR), kind("y", a=STR)]}),
        SILENT,
    ),
    "member-of-all-alternatives-said-once": (
        answered({"anyOf": [kind("x", a=STR), kind("y", a=STR)]}),
        answered({"allOf": [members({"a": STR}, required=["a"]), {"anyOf": [kind("x"), kind("y")]}]}),
        SILENT,
    ),
    "member-handed-down-to-one-alternative-only": (
        answered({**members({"a": STR}, required=["a"]), "oneOf": [kind("x"), kind("y")]}),
        answered({"oneOf": [kind("x", a=STR), kind("y")]}),
        BREAKS,
    ),
    "member-handed-down-and-narrowed": (
        sent({**members({"a": STR}, required=["a"]), "oneOf": [kind("x"), kind("y")]}),
        sent({"oneOf": [kind("x", a=STR), kind("y", a={**STR, "maxLength": 3})]}),
        BREAKS,
    ),
    "answer-put-into-an-envelope": (
        answered(members({"a": STR})),
        answered(members({"data": members({"a": STR})})),
        WARNS,
    ),
    "answer-with-a-promise-put-into-an-envelope": (
        answered(members({"a": STR}, required=["a"])),
        answered(members({"data": members({"a": STR}, required=["a"])}, required=["data"])),
        BREAKS,
    ),
    "new-member-of-a-closed-request": (
        sent(members({"a": STR}, additionalProperties=False)),
        sent(members({"a": STR, "b": STR}, additionalProperties=False)),
        TELLS,
    ),
    "request-closed": (
        sent(members({"a": STR}, additionalProperties=True)),
        sent(members({"a": STR}, additionalProperties=False)),
        BREAKS,
    ),
    "answer-opened": (
        answered(members({"a": STR}, additionalProperties=False)),
        answered(members({"a": STR})),
        TELLS,
    ),
    "read-only-member-became-required": (
        sent(members({"a": {**STR, "readOnly": True}})),
        sent(members({"a": {**STR, "readOnly": True}}, required=["a"])),
        SILENT,
    ),
    "read-only-member-in-a-request-narrowed": (
        sent(members({"a": {**STR, "readOnly": True}, "b": STR})),
        sent(members({"a": {**STR, "readOnly": True, "pattern": "^x"}, "b": STR})),
        SILENT,
    ),
    "write-only-member-in-an-answer-widened": (
        answered(members({"a": {**STR, "writeOnly": True, "maxLength": 3}})),
        answered(members({"a": {**STR, "writeOnly": True}})),
        SILENT,
    ),
    "member-may-be-sent-from-now-on": (
        sent(members({"a": {**STR, "readOnly": True}})),
        sent(members({"a": STR})),
        TELLS,
    ),
    "required-member-with-a-default": (
        sent(members({})),
        sent(members({"a": {**INT, "default": 1}}, required=["a"])),
        BREAKS,
    ),
    # Members that end
    "deprecated-member-of-an-answer-after-its-sunset": (
        ending(deprecated=True, **{"x-sunset": "2026-11-19"}),
        answered(members({"b": STR}, required=["b"])),
        TELLS,
    ),
    "deprecated-member-of-an-answer-before-its-sunset": (
        ending(deprecated=True, **{"x-sunset": "2027-11-19"}),
        answered(members({"b": STR}, required=["b"])),
        BREAKS,
    ),
    "deprecated-member-of-an-answer-without-a-sunset": (
        ending(deprecated=True),
        answered(members({"b": STR}, required=["b"])),
        BREAKS,
    ),
    "sunset-of-an-operation-moved-earlier": (
        operation(deprecated=True, **{"x-sunset": "2028-01-01"}),
        operation(deprecated=True, **{"x-sunset": "2027-01-01"}),
        BREAKS,
    ),
    # Alternatives
    "request-one-of-with-one-more": (sent({"oneOf": [STR]}), sent({"oneOf": [STR, INT]}), TELLS),
    "answer-one-of-with-one-more": (
        answered({"oneOf": [members({"a": STR}, required=["a"])]}),
        answered({"oneOf": [members({"a": STR}, required=["a"]), members({"b": STR}, required=["b"])]}),
        BREAKS,
    ),
    "request-became-one-of": (
        sent(members({"a": INT}, required=["a"])),
        sent(members({"a": {"oneOf": [INT, STR]}}, required=["a"])),
        TELLS,
    ),
    "answer-was-one-of": (
        answered(members({"a": {"oneOf": [INT, STR]}}, required=["a"])),
        answered(members({"a": INT}, required=["a"])),
        TELLS,
    ),
    "types-as-alternatives": (sent({"type": ["string", "integer"]}), sent({"oneOf": [STR, INT]}), SILENT),
    "alternatives-as-types": (answered({"anyOf": [STR, INT]}), answered({"type": ["string", "integer"]}), SILENT),
    "any-of-with-null-in-an-answer": (
        answered(members({"a": STR})),
        answered(members({"a": {"anyOf": [STR, NULL]}})),
        BREAKS,
    ),
    "any-of-with-null-in-a-request": (sent(members({"a": STR})), sent(members({"a": {"anyOf": [STR, NULL]}})), TELLS),
    "member-of-an-alternative-no-longer-promised": (
        answered({"anyOf": [members({"a": STR, "b": STR}, required=["a", "b"]), members({"c": STR}, required=["c"])]}),
        answered({"anyOf": [members({"a": STR, "b": STR}, required=["a"]), members({"c": STR}, required=["c"])]}),
        BREAKS,
    ),
    "object-split-where-both-fit": (
        sent(members({"a": STR, "b": STR}, required=["a", "b"])),
        sent({"oneOf": [members({"a": STR, "b": STR}, required=["a"]), members({"a": STR, "b": STR}, required=["b"])]}),
        BREAKS,
    ),
    "not-added-to-a-request": (sent(STR), sent({**STR, "not": {"const": "x"}}), BREAKS),
    "not-removed-from-an-answer": (answered({**STR, "not": {"const": "x"}}), answered(STR), BREAKS),
    # Null in both dialects
    "nullable-enum-in-the-newer-dialect": (
        answered(members({"a": {**STR, "nullable": True, "enum": ["x", None]}}), "3.0.3"),
        answered(members({"a": {"type": ["string", "null"], "enum": ["x", None]}}), "3.1.0"),
        SILENT,
    ),
    "nullable-in-the-newer-dialect": (
        sent(members({"a": {**STR, "nullable": True}}), "3.0.3"),
        sent(members({"a": {"type": ["string", "null"]}}), "3.1.0"),
        SILENT,
    ),
    # Values and limits
    "enum-value-of-a-deep-object-removed": (deep(COLOURS), deep(TWO), BREAKS),
    "enum-of-an-answer-removed": (answered(members({"a": COLOURS})), answered(members({"a": STR})), WARNS),
    "enum-of-a-request-removed": (sent(members({"a": COLOURS})), sent(members({"a": STR})), TELLS),
    "extensible-enum-value-of-a-request-removed": (
        sent(members({"a": {**STR, "x-extensible-enum": ["x", "y"]}})),
        sent(members({"a": {**STR, "x-extensible-enum": ["x"]}})),
        BREAKS,
    ),
    "const-added-to-a-request": (sent(members({"a": STR})), sent(members({"a": {**STR, "const": "x"}})), BREAKS),
    "const-of-an-answer-changed": (
        answered(members({"a": {**STR, "const": "x"}})),
        answered(members({"a": {**STR, "const": "y"}})),
        BREAKS,
    ),
    "pattern-added-to-a-parameter": (asked(query()), asked(query(schema={**STR, "pattern": "^[0-9]+$"})), BREAKS),
    "fewer-items-in-a-request": (
        sent(members({"a": {"type": "array", "items": STR, "maxItems": 100}})),
        sent(members({"a": {"type": "array", "items": STR, "maxItems": 10}})),
        BREAKS,
    ),
    "tuple-closed": (sent(TUPLE), sent({**TUPLE, "items": False}), BREAKS),
    "tuple-reordered": (sent(TUPLE), sent({**TUPLE, "prefixItems": [INT, STR]}), BREAKS),
    "anything-became-a-text": (answered({}), answered(STR), TELLS),
    "text-became-anything": (answered(STR), answered({}), BREAKS),
    "date-became-a-time": (
        answered(members({"a": {**STR, "format": "date"}})),
        answered(members({"a": {**STR, "format": "date-time"}})),
        BREAKS,
    ),
    "example-changed": (answered({**STR, "example": "a"}), answered({**STR, "example": "b"}), SILENT),
    # Messages
    "answer-without-its-second-media-type": (
        operation(responses=fine({**as_json(STR), "application/xml": {"schema": STR}})),
        operation(responses=fine(as_json(STR))),
        BREAKS,
    ),
    "answer-without-its-schema": (
        operation(responses=fine(as_json(members({"a": STR}, required=["a"])))),
        operation(responses=fine({"application/json": {}})),
        BREAKS,
    ),
    "status-range-in-capitals": (
        operation(responses={**OK, "4xx": {"description": ""}}),
        operation(responses={**OK, "4XX": {"description": ""}}),
        SILENT,
    ),
    "header-that-means-nothing-as-a-parameter": (
        asked({"name": "ACCEPT", "in": "header", "schema": STR}),
        asked(),
        SILENT,
    ),
    "header-that-was-always-there-removed": (operation(responses=with_header(required=True)), operation(), BREAKS),
    "header-that-was-there-sometimes-removed": (operation(responses=with_header()), operation(), WARNS),
    "longer-header": (
        operation(responses=with_header(schema={**STR, "maxLength": 3})),
        operation(responses=with_header(schema={**STR, "maxLength": 9})),
        BREAKS,
    ),
    # Parameters, paths, servers
    "parameter-moved-to-its-path": (
        with_parameters([path_parameter("id")], [query(required=True)]),
        with_parameters([path_parameter("id"), query(required=True)], []),
        SILENT,
    ),
    "path-parameter-renamed": (
        at("/a/{id}", parameters=[path_parameter("id")]),
        at("/a/{key}", parameters=[path_parameter("key")]),
        SILENT,
    ),
    "path-parameter-narrowed-at-its-path": (
        with_parameters([path_parameter("id")], []),
        with_parameters([path_parameter("id", schema=INT)], []),
        BREAKS,
    ),
    "default-of-a-parameter-changed": (
        asked(query(schema={**STR, "default": "x"})),
        asked(query(schema={**STR, "default": "y"})),
        BREAKS,
    ),
    "server-path-moved-into-the-paths": (
        {**at("/a", responses=fine({"application/octet-stream": {}})), "servers": [{"url": "https://a.example/api"}]},
        {**at("/api/a", responses=fine({"application/octet-stream": {}})), "servers": [{"url": "https://a.example"}]},
        SILENT,
    ),
    "query-operation-removed": (queried("query"), document({"/a": ITEM}, "3.2.0"), BREAKS),
    "operation-of-an-own-method-removed": (queried("PURGE"), document({"/a": ITEM}, "3.2.0"), BREAKS),
    # Security
    "key-in-another-header": (
        with_scheme({"type": "apiKey", "in": "header", "name": "X-One"}),
        with_scheme({"type": "apiKey", "in": "header", "name": "X-Two"}),
        BREAKS,
    ),
    "basic-became-bearer": (
        with_scheme({"type": "http", "scheme": "basic"}),
        with_scheme({"type": "http", "scheme": "bearer"}),
        BREAKS,
    ),
    "bearer-format-told": (
        with_scheme({"type": "http", "scheme": "bearer"}),
        with_scheme({"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}),
        SILENT,
    ),
    "address-of-tokens-in-another-spelling": (
        with_flow("clientCredentials", tokenUrl="https://Login.Example.com:443/token"),
        with_flow("clientCredentials", tokenUrl="https://login.example.com/token"),
        SILENT,
    ),
    "one-scheme-in-two-alternatives": (
        secured({"o": ["r"]}, {"o": ["w"]}),
        secured({"o": ["w"]}, {"o": ["r"]}),
        SILENT,
    ),
    "scheme-that-nobody-declares": (
        document({"/a": {"get": {"responses": OK, "security": [{"k": []}]}}}),
        document({"/a": {"get": {"responses": OK, "security": [{"k": []}]}}}, components={}),
        SILENT,
    ),
    "credentials-for-all": (
        document({"/a": ITEM}, components=SCHEMES),
        document({"/a": ITEM}, components=SCHEMES, security=[{"k": []}]),
        BREAKS,
    ),
    # What the service sends
    "webhook-with-another-type": (
        hooked(requestBody={"content": as_json(members({"a": STR}))}),
        hooked(requestBody={"content": as_json(members({"a": INT}))}),
        BREAKS,
    ),
    "webhook-that-promises-less": (
        hooked(requestBody={"content": as_json(members({"a": STR}, required=["a"]))}),
        hooked(requestBody={"content": as_json(members({"a": STR}))}),
        BREAKS,
    ),
    "webhook-that-promises-more": (
        hooked(requestBody={"content": as_json(members({"a": STR}))}),
        hooked(requestBody={"required": True, "content": as_json(members({"a": STR}, required=["a"]))}),
        TELLS,
    ),
    "callback-narrowed": (called_back({"type": ["string", "integer"]}), called_back(STR), TELLS),
    "callback-widened": (called_back(STR), called_back({"type": ["string", "integer"]}), BREAKS),
}
