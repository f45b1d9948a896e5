"""One contract in two spellings (OpenAPI 2.0, 3.0 and 3.1; references; keywords that mean the same), and what looks like one and is none."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import OK, answered, asked, document, operation, sent
from tests.diff.verdict_parts import (
    BREAKS,
    INT,
    ITEM,
    SILENT,
    STR,
    TELLS,
    WARNS,
    as_json,
    members,
    query,
    reference,
    swagger,
)

Row = tuple[Any, Any, str]

LIST = {"type": "array", "items": STR}
NODE = {"$dynamicAnchor": "node", **members({"next": {"$dynamicRef": "#node"}, "value": STR})}


def both_ways(
    name: str, old: Any, new: Any, request: str, answer: str, versions: str = "3.1.0 3.1.0"
) -> dict[str, Row]:
    """A change of a schema as what is sent and as what is answered."""
    before, after = versions.split()
    return {
        f"{name}-sent": (sent(old, before), sent(new, after), request),
        f"{name}-answered": (answered(old, before), answered(new, after), answer),
    }


def posted(content: dict[str, Any], version: str = "3.1.0") -> dict[str, Any]:
    """A request with a body."""
    body = {"required": True, "content": content}
    return document({"/a": {"post": {"requestBody": body, "responses": OK}}}, version)


def given(content: dict[str, Any], version: str = "3.1.0") -> dict[str, Any]:
    """An answer with a body."""
    return document({"/a": {"get": {"responses": {"200": {"description": "d", "content": content}}}}}, version)


def bytes_as(**words: Any) -> dict[str, Any]:
    """A member that holds bytes."""
    return members({"a": {"type": "string", **words}})


def with_header_of_a_part(more: dict[str, Any]) -> dict[str, Any]:
    """A request with a part whose header is a reference."""
    encoding = {"a": {"headers": {"X-A": {"$ref": "#/components/headers/A"}}}}
    content = {"multipart/form-data": {"schema": members({"a": STR}), "encoding": encoding}}
    body = {"required": True, "content": content}
    header = {"schema": STR, **more}
    return document({"/a": {"post": {"requestBody": body, "responses": OK}}}, components={"headers": {"A": header}})


def one_of(*names: str) -> dict[str, Any]:
    """A request that is one of several schemas, told apart by a member."""
    schemas: dict[str, Any] = {
        name: members({"k": STR, name.lower(): INT}, required=["k", name.lower()][: 1 + (name != "A")])
        for name in ("A", "B", "C")
    }
    return sent({"oneOf": [reference(name) for name in names], "discriminator": {"propertyName": "k"}}, **schemas)


def upgraded(operation_: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What a document of Swagger 2.0 becomes in OpenAPI 3.0."""
    post = {"responses": {"200": {"description": ""}}, **operation_}
    return document({"/a": {"post": post}}, "3.0.3", **more)


UPGRADE = "3.0.3 3.1.0"

SPELLINGS: dict[str, Row] = {
    # From OpenAPI 3.0 to 3.1
    **both_ways("base64", bytes_as(format="byte"), bytes_as(contentEncoding="base64"), SILENT, SILENT, UPGRADE),
    **both_ways(
        "base64-of-an-image",
        bytes_as(format="byte"),
        bytes_as(contentEncoding="base64", contentMediaType="image/png"),
        SILENT,
        SILENT,
        UPGRADE,
    ),
    **both_ways("base64-to-text", bytes_as(contentEncoding="base64"), bytes_as(), BREAKS, BREAKS),
    **both_ways("base64-to-base64url", bytes_as(format="byte"), bytes_as(contentEncoding="base64url"), BREAKS, BREAKS),
    **both_ways(
        "exclusive-limit",
        {"type": "number", "maximum": 5, "exclusiveMaximum": True, "minimum": 1, "exclusiveMinimum": False},
        {"type": "number", "exclusiveMaximum": 5, "minimum": 1},
        SILENT,
        SILENT,
        UPGRADE,
    ),
    **both_ways(
        "nullable-that-means-nothing", bytes_as(nullable=True), bytes_as(nullable=True), BREAKS, TELLS, UPGRADE
    ),
    "upload-without-a-schema": (
        posted({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}, "3.0.3"),
        posted({"application/octet-stream": {}}),
        SILENT,
    ),
    "download-without-a-schema": (
        given({"image/png": {"schema": {"type": "string", "format": "binary"}}}, "3.0.3"),
        given({"image/png": {}}),
        SILENT,
    ),
    "download-with-an-empty-schema": (
        given({"image/png": {"schema": {"type": "string", "format": "binary"}}}, "3.0.3"),
        given({"image/png": {"schema": {}}}),
        SILENT,
    ),
    "download-with-its-media-type": (
        given({"image/png": {"schema": {"type": "string", "format": "binary"}}}, "3.0.3"),
        given({"image/png": {"schema": {"type": "string", "contentMediaType": "image/png"}}}),
        SILENT,
    ),
    "download-whose-size-was-bounded": (
        given({"image/png": {"schema": {"type": "string", "format": "binary", "maxLength": 9}}}),
        given({"image/png": {}}),
        BREAKS,
    ),
    "json-text-without-a-schema": (
        given({"application/json": {"schema": {"type": "string", "format": "binary"}}}),
        given({"application/json": {}}),
        BREAKS,
    ),
    "file-of-a-form": (
        posted({"multipart/form-data": {"schema": bytes_as(format="binary")}}, "3.0.3"),
        posted({"multipart/form-data": {"schema": bytes_as(contentMediaType="application/octet-stream")}}),
        SILENT,
    ),
    **both_ways(
        "bytes-that-became-a-text-in-json",
        bytes_as(format="binary"),
        bytes_as(contentMediaType="application/json"),
        BREAKS,
        BREAKS,
        UPGRADE,
    ),
    **both_ways(
        "bytes-with-their-media-type",
        bytes_as(format="binary"),
        bytes_as(contentMediaType="application/pdf"),
        SILENT,
        SILENT,
        UPGRADE,
    ),
    "header-of-a-part-by-reference": (with_header_of_a_part({}), with_header_of_a_part({"required": True}), BREAKS),
    "header-of-a-part-no-longer-needed": (with_header_of_a_part({"required": True}), with_header_of_a_part({}), TELLS),
    # References by name
    "dynamic-reference-to-the-only-anchor": (
        sent(reference("L"), L=NODE),
        sent(reference("L"), L=NODE | members({"next": reference("L"), "value": STR})),
        SILENT,
    ),
    "dynamic-reference-to-something-narrower": (
        sent(members({"a": {"$dynamicRef": "#node"}}), L=NODE),
        sent(members({"a": {"$dynamicRef": "#node"}}), L=NODE | members({"value": {**STR, "maxLength": 3}})),
        BREAKS,
    ),
    "recursion-unrolled-once": (
        answered(reference("L"), L=members({"v": INT, "n": reference("L")})),
        answered(members({"v": INT, "n": reference("L")}), L=members({"v": INT, "n": reference("L")})),
        SILENT,
    ),
    "path-in-components": (
        document({"/a": ITEM}),
        document({"/a": {"$ref": "#/components/pathItems/P"}}, components={"pathItems": {"P": ITEM}}),
        SILENT,
    ),
    # Keywords that mean the same
    **both_ways(
        "closed-in-two-ways",
        members({"a": STR}, additionalProperties=False),
        members({"a": STR}, unevaluatedProperties=False),
        SILENT,
        SILENT,
    ),
    **both_ways(
        "member-of-what-evaluates-no-other-gone",
        members({"a": STR, "b": STR}, unevaluatedProperties=False),
        members({"a": STR}, unevaluatedProperties=False),
        BREAKS,
        WARNS,
    ),
    **both_ways(
        "member-that-an-alternative-evaluates",
        {**members({"a": STR}), "anyOf": [members({"b": STR}), INT], "unevaluatedProperties": False},
        {**members({"a": STR}), "anyOf": [members({"b": STR}), INT], "additionalProperties": False},
        BREAKS,
        TELLS,
    ),
    **both_ways(
        "member-that-an-open-part-evaluates",
        {"allOf": [members({"a": STR, "c": STR}, additionalProperties=True)], "unevaluatedProperties": False},
        {"allOf": [members({"a": STR}, additionalProperties={})], "unevaluatedProperties": False},
        WARNS,
        WARNS,
    ),
    **both_ways(
        "member-that-a-part-takes-unevaluated",
        {"allOf": [members({"a": STR, "c": STR}, unevaluatedProperties=True)], "unevaluatedProperties": False},
        {"allOf": [members({"a": STR}, unevaluatedProperties={})], "unevaluatedProperties": False},
        WARNS,
        WARNS,
    ),
    **both_ways(
        "member-that-the-part-itself-refuses",
        {"allOf": [members({"a": STR, "c": STR}, unevaluatedProperties=False)], "unevaluatedProperties": True},
        {"allOf": [members({"a": STR}, unevaluatedProperties=False)], "unevaluatedProperties": True},
        BREAKS,
        WARNS,
    ),
    **both_ways(
        "needed-beside-another",
        members({"a": STR, "b": STR}, dependentRequired={"a": ["b"]}),
        members({"a": STR, "b": STR}, dependentSchemas={"a": {"required": ["b"]}}),
        SILENT,
        SILENT,
    ),
    **both_ways("contains-none", LIST, {**LIST, "contains": INT, "minContains": 0}, SILENT, SILENT),
    **both_ways(
        "contains-none-and-not-many", LIST, {**LIST, "contains": STR, "minContains": 0, "maxContains": 2}, BREAKS, TELLS
    ),
    **both_ways(
        "contains-none-that-evaluates-others",
        {"type": "array", "contains": STR, "minContains": 0, "unevaluatedItems": False},
        {"type": "array", "contains": INT, "minContains": 0, "unevaluatedItems": False},
        BREAKS,
        BREAKS,
    ),
    **both_ways(
        "what-stands-beside-evaluates-nothing",
        {"allOf": [members({"a": STR}, unevaluatedProperties=True), members({"b": STR}, unevaluatedProperties=False)]},
        {"allOf": [members({"a": STR}), members({"b": STR}, unevaluatedProperties=False)]},
        SILENT,
        SILENT,
    ),
    **both_ways(
        "an-open-part-beside-evaluates-nothing",
        {"allOf": [members({"b": STR}, unevaluatedProperties=False), {"type": "object", "additionalProperties": True}]},
        {"allOf": [members({"b": STR}, unevaluatedProperties=False), {"type": "object"}]},
        SILENT,
        SILENT,
    ),
    **both_ways(
        "pattern-of-all-names",
        {"type": "object", "additionalProperties": STR},
        {"type": "object", "patternProperties": {".*": STR}},
        SILENT,
        SILENT,
    ),
    **both_ways(
        "pattern-of-all-names-that-members-match",
        members({"a": INT}, additionalProperties=INT),
        members({"a": INT}, patternProperties={"": {**INT, "maximum": 5}}, additionalProperties=False),
        BREAKS,
        TELLS,
    ),
    **both_ways("whole-from-half-on", {**INT, "minimum": 0.5}, {**INT, "minimum": 1}, SILENT, SILENT),
    **both_ways("whole-up-to-a-half", {**INT, "maximum": 2.5}, {**INT, "exclusiveMaximum": 3}, SILENT, SILENT),
    **both_ways(
        "needed-where-another-is",
        {**members({"a": STR, "b": STR}), "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        members({"a": STR, "b": STR}, dependentRequired={"a": ["b"]}),
        SILENT,
        SILENT,
    ),
    **both_ways(
        "held-where-another-is",
        {**members({"a": STR}), "if": {"required": ["a"]}, "then": {"maxProperties": 2}},
        members({"a": STR}, dependentSchemas={"a": {"maxProperties": 2}}),
        SILENT,
        SILENT,
    ),
    **both_ways("all-that-a-boolean-can-be", {"type": "boolean"}, {"enum": [True, False]}, SILENT, SILENT),
    **both_ways("limits-that-leave-one", {**INT, "minimum": 3, "maximum": 3}, {**INT, "const": 3}, SILENT, SILENT),
    **both_ways(
        "no-more-members-than-there-can-be",
        members({"a": STR}, additionalProperties=False),
        members({"a": STR}, additionalProperties=False, maxProperties=1),
        SILENT,
        SILENT,
    ),
    **{
        f"member-of-a-form-{name}-{kind.partition('/')[0]}": (
            operation(requestBody={"content": {kind: {"schema": members({"a": one})}}}),
            operation(requestBody={"content": {kind: {"schema": members({"a": other})}}}),
            verdict,
        )
        for kind in ("multipart/form-data", "application/x-www-form-urlencoded")
        for name, one, other, verdict in (
            ("that-may-be-repeated", STR, LIST, SILENT),
            ("that-has-to-be", STR, {**LIST, "minItems": 2}, BREAKS),
            ("no-longer", LIST, STR, BREAKS),
            ("with-a-number", INT, STR, TELLS),
            ("with-another-default", {**INT, "default": 1}, {**INT, "default": 2}, WARNS),
        )
    },
    **both_ways("not-at-least", {**INT, "not": {"minimum": 5}}, {**INT, "maximum": 4}, SILENT, SILENT),
    **both_ways("not-longer", {**STR, "not": {"minLength": 5}}, {**STR, "maxLength": 4}, SILENT, SILENT),
    **both_ways("not-shorter", {**STR, "not": {"maxLength": 5}}, {**STR, "minLength": 6}, SILENT, SILENT),
    **both_ways("not-at-least-of-any", {"not": {"minimum": 5}}, {"not": {"minimum": 6}}, TELLS, BREAKS),
    **both_ways("not-not", {"not": {"not": STR}}, STR, SILENT, SILENT),
    **both_ways("not-anything", members({"a": {"not": {}}}), members({"a": False}), SILENT, SILENT),
    **both_ways(
        "not-either",
        {"allOf": [{"not": {"required": ["a"]}}, {"not": {"required": ["b"]}}]},
        {"not": {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}},
        SILENT,
        SILENT,
    ),
    **both_ways(
        "listed-and-forbidden", {"enum": ["a", "b", "c"], "not": {"const": "c"}}, {"enum": ["a", "b"]}, SILENT, SILENT
    ),
    **both_ways("forbidden-values-fewer", {"not": {"enum": ["a", "b"]}}, {"not": {"enum": ["a"]}}, TELLS, BREAKS),
    **both_ways("forbidden-values-others", {"not": {"enum": ["a", "b"]}}, {"not": {"enum": ["c"]}}, BREAKS, BREAKS),
    **both_ways("forbidden-null", {"type": ["string", "null"], "not": {"const": None}}, STR, SILENT, SILENT),
    **both_ways(
        "anything-but-a-text",
        {"not": STR},
        {"type": ["number", "boolean", "array", "object", "null"]},
        SILENT,
        SILENT,
    ),
    **both_ways(
        "anything-but-a-text-or-a-number", {"not": STR}, {"not": {"type": ["string", "number"]}}, BREAKS, TELLS
    ),
    **both_ways("text-by-leaving-out-whole-numbers", {"type": ["integer", "string"], "not": INT}, STR, SILENT, SILENT),
    **both_ways("number-that-is-not-whole", {"type": "number"}, {"type": "number", "not": INT}, BREAKS, TELLS),
    **both_ways("null-as-the-only-value", {"const": None}, {"type": "null"}, SILENT, SILENT),
    **both_ways("multiple-of-one", {"type": "number", "multipleOf": 1}, INT, SILENT, SILENT),
    **both_ways("no-item-at-all", {"type": "array", "items": False}, {"type": "array", "maxItems": 0}, SILENT, SILENT),
    **both_ways("false-for-a-member", members({"a": True}), members({"a": False}), BREAKS, WARNS),
    **both_ways("false-for-a-member-no-more", members({"a": False}), members({"a": STR}), TELLS, TELLS),
    **both_ways("false-for-an-undescribed-member", members({}), members({"a": False}), TELLS, SILENT),
    **both_ways(
        "text-format-of-a-number", {"type": "integer"}, {"type": "integer", "format": "date-time"}, TELLS, TELLS
    ),
    **both_ways(
        "text-format-of-no-number-any-more", {"type": "integer", "format": "uuid"}, {"type": "integer"}, TELLS, TELLS
    ),
    **both_ways(
        "text-format-instead-of-one-of-numbers",
        {"type": "integer", "format": "int32"},
        {"type": "integer", "format": "uuid"},
        BREAKS,
        BREAKS,
    ),
    **both_ways(
        "limit-that-no-step-reaches",
        {"type": "integer", "multipleOf": 5, "maximum": 12, "minimum": 1},
        {"type": "integer", "multipleOf": 5, "maximum": 10, "exclusiveMinimum": 0},
        SILENT,
        SILENT,
    ),
    **both_ways(
        "limit-that-a-step-reaches", {"multipleOf": 5, "maximum": 15}, {"multipleOf": 5, "maximum": 12}, BREAKS, TELLS
    ),
    **both_ways("text-without-a-letter", {"type": "string", "maxLength": 0}, {"const": ""}, SILENT, SILENT),
    **both_ways(
        "required-under-a-condition",
        {**members({"k": INT, "a": STR}), "if": {"properties": {"k": {"const": 1}}}, "then": {"required": ["k"]}},
        {**members({"k": INT, "a": STR}), "if": {"properties": {"k": {"const": 1}}}, "then": {"required": ["k", "a"]}},
        BREAKS,
        TELLS,
    ),
    **both_ways(
        "required-in-an-alternative",
        {**members({"a": STR, "b": STR, "c": STR}), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {**members({"a": STR, "b": STR, "c": STR}), "anyOf": [{"required": ["a", "c"]}, {"required": ["b"]}]},
        BREAKS,
        TELLS,
    ),
    **both_ways(
        "what-nothing-describes-required-in-an-alternative",
        {**members({"a": STR, "b": STR}), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {**members({"a": STR, "b": STR}), "anyOf": [{"required": ["a", "z"]}, {"required": ["b"]}]},
        WARNS,
        TELLS,
    ),
    **both_ways("number-format-of-a-text", STR, {"type": "string", "format": "int64"}, BREAKS, TELLS),
    **both_ways(
        "pattern-that-a-format-keeps",
        {"type": "string", "format": "uuid"},
        {"type": "string", "format": "uuid", "pattern": "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"},
        SILENT,
        SILENT,
    ),
    **both_ways(
        "pattern-that-a-format-does-not-keep",
        {"type": "string", "format": "uuid"},
        {"type": "string", "format": "uuid", "pattern": "^[0-9a-f-]{36}$"},
        BREAKS,
        TELLS,
    ),
    **both_ways("condition-that-always-holds", STR, {**STR, "if": True, "then": {"maxLength": 2}}, BREAKS, TELLS),
    # What is written as text
    "truth-as-listed-texts": (
        asked(query(schema={"type": "boolean"})),
        asked(query(schema={"type": "string", "enum": ["true", "false"]})),
        SILENT,
    ),
    "truth-as-one-text": (
        asked(query(schema={"type": "boolean"})),
        asked(query(schema={"type": "string", "enum": ["true"]})),
        BREAKS,
    ),
    "numbers-as-listed-texts": (
        asked(query(schema={"type": "integer", "enum": [1, 2]})),
        asked(query(schema={"type": "string", "enum": ["1", "2"]})),
        SILENT,
    ),
    "list-in-a-header-exploded": (
        asked({"name": "X-A", "in": "header", "schema": LIST}),
        asked({"name": "X-A", "in": "header", "schema": LIST, "explode": True}),
        SILENT,
    ),
    "object-in-a-header-exploded": (
        asked({"name": "X-A", "in": "header", "schema": members({"a": STR})}),
        asked({"name": "X-A", "in": "header", "schema": members({"a": STR}), "explode": True}),
        BREAKS,
    ),
    "object-as-parameter-and-as-json": (
        asked(query(schema=members({"a": STR}))),
        asked(query(content=as_json(members({"a": STR})))),
        BREAKS,
    ),
    # Alternatives that are told apart
    "one-more-kind-where-kinds-overlapped": (one_of("A", "B"), one_of("A", "B", "C"), TELLS),
    "one-kind-less": (one_of("A", "B", "C"), one_of("A", "B"), BREAKS),
    # From Swagger 2.0
    "swagger-body-and-address": (
        swagger(
            {
                "consumes": ["application/json"],
                "produces": ["application/json"],
                "parameters": [
                    {"name": "b", "in": "body", "required": True, "schema": members({"a": STR}, required=["a"])},
                    {"name": "q", "in": "query", "type": "integer", "format": "int32"},
                ],
                "responses": {"200": {"description": "", "schema": INT}},
            },
            host="a.example",
            basePath="/v1",
            schemes=["https"],
        ),
        upgraded(
            {
                "parameters": [query(schema={"type": "integer", "format": "int32"})],
                "requestBody": {"required": True, "content": as_json(members({"a": STR}, required=["a"]))},
                "responses": {"200": {"description": "", "content": as_json(INT)}},
            },
            servers=[{"url": "https://a.example/v1"}],
        ),
        SILENT,
    ),
    "swagger-file": (
        swagger(
            {
                "consumes": ["multipart/form-data"],
                "parameters": [{"name": "a", "in": "formData", "type": "file", "required": True}],
            }
        ),
        upgraded(
            {
                "requestBody": {
                    "required": True,
                    "content": {"multipart/form-data": {"schema": bytes_as(format="binary") | {"required": ["a"]}}},
                }
            }
        ),
        SILENT,
    ),
    "swagger-list-with-commas": (
        swagger({"parameters": [{"name": "q", "in": "query", "type": "array", "items": STR}]}),
        upgraded({"parameters": [query(explode=False, schema=LIST)]}),
        SILENT,
    ),
    "swagger-list-with-commas-as-repeated": (
        swagger({"parameters": [{"name": "q", "in": "query", "type": "array", "items": STR}]}),
        upgraded({"parameters": [query(schema=LIST)]}),
        BREAKS,
    ),
    "swagger-credentials": (
        swagger({"security": [{"k": []}]}, securityDefinitions={"k": {"type": "basic"}}),
        upgraded({"security": [{"k": []}]}, components={"securitySchemes": {"k": {"type": "http", "scheme": "basic"}}}),
        SILENT,
    ),
    # Null as code writes it among the alternatives of OpenAPI 3.0
    "null-as-an-alternative-made-from-code": (
        answered({"anyOf": [reference("T"), {"nullable": True}]}, "3.0.3", T={"type": "object"}),
        answered({"anyOf": [reference("T"), {"type": "null"}]}, T={"type": "object"}),
        SILENT,
    ),
    "more-beside-null-made-from-code": (
        answered({"anyOf": [reference("T"), {"nullable": True}]}, "3.0.3", T=STR),
        answered({"anyOf": [reference("T"), {"nullable": True}]}, "3.0.3", T={"type": "object"}),
        BREAKS,
    ),
    "null-made-from-code-comes": (
        answered(reference("T"), "3.0.3", T=STR),
        answered({"anyOf": [reference("T"), {"nullable": True}]}, "3.0.3", T=STR),
        BREAKS,
    ),
    "anything-among-alternatives": (
        sent({"anyOf": [STR, {"nullable": True}]}),
        sent({"anyOf": [STR, {"type": "null"}]}),
        BREAKS,
    ),
    # Words
    "words-only": (
        operation(summary="a", description="b", externalDocs={"url": "https://x.example"}),
        operation(summary="c", **{"x-team": "payments"}),
        SILENT,
    ),
}
"""Id -> the old document, the new one, and the verdict."""
