"""What parameters, bodies, statuses and headers do to a client."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import OK, asked, document, operation
from tests.diff.verdict_parts import BREAKS, INT, ITEM, SILENT, STR, TELLS, WARNS, as_json, fine, query, with_header


def streamed(**media: Any) -> dict[str, Any]:
    """An answer that is a stream of items."""
    content = {"application/jsonl": media}
    return document({"/a": {"get": {"responses": {"200": {"description": "", "content": content}}}}}, "3.2.0")


MESSAGES: dict[str, tuple[Any, Any, str]] = {
    "header-accept": (asked(), asked({"name": "Accept", "in": "header", "required": True, "schema": STR}), SILENT),
    "header-content-type": (
        asked(),
        asked({"name": "Content-Type", "in": "header", "required": True, "schema": STR}),
        SILENT,
    ),
    "header-authorization": (
        asked(),
        asked({"name": "Authorization", "in": "header", "required": True, "schema": STR}),
        SILENT,
    ),
    "cookie-required-added": (asked(), asked({"name": "c", "in": "cookie", "required": True, "schema": STR}), BREAKS),
    "header-case": (
        asked({"name": "X-A", "in": "header", "schema": STR}),
        asked({"name": "x-a", "in": "header", "schema": STR}),
        SILENT,
    ),
    "query-case-is-another": (
        asked({"name": "A", "in": "query", "schema": STR}),
        asked({"name": "a", "in": "query", "schema": STR}),
        WARNS,
    ),
    "param-location-query-header": (asked(query()), asked({"name": "q", "in": "header", "schema": STR}), WARNS),
    "param-location-query-header-required": (
        asked(query(required=True)),
        asked({"name": "q", "in": "header", "schema": STR, "required": True}),
        BREAKS,
    ),
    "path-item-ref": (
        document({"/a": ITEM}),
        document({"/a": {"$ref": "#/components/pathItems/A"}}, components={"pathItems": {"A": ITEM}}),
        SILENT,
    ),
    "path-item-ref-local-path": (
        document({"/a": ITEM, "/b": ITEM}),
        document({"/a": ITEM, "/b": {"$ref": "#/paths/~1a"}}),
        SILENT,
    ),
    "unused-component": (
        document({"/a": ITEM}, components={"schemas": {"X": STR}}),
        document({"/a": ITEM}, components={"schemas": {"X": INT}}),
        SILENT,
    ),
    "unused-removed": (document({"/a": ITEM}, components={"schemas": {"X": STR}}), document({"/a": ITEM}), SILENT),
    "default-resp-added": (operation(), operation(responses={**OK, "default": {"description": ""}}), TELLS),
    "default-resp-removed": (operation(responses={**OK, "default": {"description": ""}}), operation(), WARNS),
    "2xx-200": (
        operation(responses={"2XX": {"description": ""}}),
        operation(responses={"200": {"description": ""}}),
        SILENT,
    ),
    "200-2xx": (
        operation(responses={"200": {"description": ""}}),
        operation(responses={"2XX": {"description": ""}}),
        TELLS,
    ),
    "200-201": (operation(), operation(responses={"201": {"description": ""}}), BREAKS),
    "200-removed-default-stays": (
        operation(responses={**OK, "default": {"description": ""}}),
        operation(responses={"default": {"description": ""}}),
        WARNS,
    ),
    "4xx-removed": (operation(responses={**OK, "404": {"description": ""}}), operation(), TELLS),
    "4xx-body-changed": (
        operation(responses={**OK, "404": {"description": "", "content": as_json(STR)}}),
        operation(responses={**OK, "404": {"description": "", "content": as_json(INT)}}),
        BREAKS,
    ),
    "201-only-added-202": (
        operation(responses={"201": {"description": ""}}),
        operation(responses={"201": {"description": ""}, "202": {"description": ""}}),
        TELLS,
    ),
    "param-nullable": (
        asked(query(schema={"type": "string", "nullable": True}), version="3.0.3"),
        asked(query(schema={"type": "string"}), version="3.0.3"),
        BREAKS,
    ),
    "param-type-int-num-req": (asked(query(schema=INT)), asked(query(schema={"type": "number"})), TELLS),
    "param-type-str-int-req": (asked(query(schema=STR)), asked(query(schema=INT)), BREAKS),
    "param-type-int-str-req": (asked(query(schema=INT)), asked(query(schema=STR)), TELLS),
    "param-scalar-array-form-explode": (
        asked(query(schema=STR)),
        asked(query(schema={"type": "array", "items": STR})),
        SILENT,
    ),
    "param-array-scalar": (asked(query(schema={"type": "array", "items": STR})), asked(query(schema=STR)), BREAKS),
    "param-style": (
        asked(query(schema={"type": "array", "items": STR})),
        asked(query(schema={"type": "array", "items": STR}, style="pipeDelimited")),
        BREAKS,
    ),
    "param-explode": (
        asked(query(schema={"type": "array", "items": STR})),
        asked(query(schema={"type": "array", "items": STR}, explode=False)),
        BREAKS,
    ),
    "param-explode-scalar": (asked(query()), asked(query(explode=False)), SILENT),
    "param-explicit-default-style": (asked(query()), asked(query(style="form", explode=True)), SILENT),
    "param-deepobject": (
        asked(query(schema={"type": "object"})),
        asked(query(schema={"type": "object"}, style="deepObject")),
        BREAKS,
    ),
    "param-schema-content": (
        asked(query()),
        asked({"name": "q", "in": "query", "content": {"application/json": {"schema": STR}}}),
        BREAKS,
    ),
    "param-allowreserved": (asked(query(allowReserved=True)), asked(query()), BREAKS),
    "param-became-required": (asked(query()), asked(query(required=True)), BREAKS),
    "param-required-w-default": (asked(query()), asked(query(required=True, schema={**STR, "default": "x"})), BREAKS),
    "param-optional-default-added": (asked(query()), asked(query(schema={**STR, "default": "x"})), BREAKS),
    "param-dup-op-overrides-path": (
        document({"/a": {"parameters": [query(schema=INT)], "get": {"parameters": [query()], "responses": OK}}}),
        document({"/a": {"get": {"parameters": [query()], "responses": OK}}}),
        SILENT,
    ),
    "param-duplicated-twice-same": (asked(query(), query()), asked(query()), SILENT),
    "charset-space": (
        operation(responses=fine({"application/json; charset=UTF-8": {"schema": STR}})),
        operation(responses=fine(as_json(STR))),
        SILENT,
    ),
    "charset-of-json": (
        operation(responses=fine({"application/json; charset=utf-16": {"schema": STR}})),
        operation(responses=fine(as_json(STR))),
        SILENT,
    ),
    "charset-that-goes-without-saying": (
        operation(responses=fine({"text/plain;charset=UTF-8": {"schema": STR}})),
        operation(responses=fine({"text/plain": {"schema": STR}})),
        SILENT,
    ),
    "media-range-req-widen": (
        document({"/a": {"post": {"requestBody": {"content": as_json(STR)}, "responses": OK}}}),
        document({"/a": {"post": {"requestBody": {"content": {"*/*": {"schema": STR}}}, "responses": OK}}}),
        TELLS,
    ),
    "media-range-req-narrow": (
        document({"/a": {"post": {"requestBody": {"content": {"*/*": {"schema": STR}}}, "responses": OK}}}),
        document({"/a": {"post": {"requestBody": {"content": as_json(STR)}, "responses": OK}}}),
        BREAKS,
    ),
    "media-resp-add": (
        operation(responses=fine(as_json(STR))),
        operation(responses=fine({**as_json(STR), "text/csv": {"schema": STR}})),
        TELLS,
    ),
    "media-resp-removed": (
        operation(responses=fine({**as_json(STR), "text/csv": {"schema": STR}})),
        operation(responses=fine(as_json(STR))),
        BREAKS,
    ),
    "media-req-removed": (
        document({"/a": {"post": {"requestBody": {"content": {**as_json(STR), "text/csv": {}}}, "responses": OK}}}),
        document({"/a": {"post": {"requestBody": {"content": as_json(STR)}, "responses": OK}}}),
        BREAKS,
    ),
    "vendor-json-resp-json-vnd-json": (
        operation(responses=fine(as_json(STR))),
        operation(responses=fine({"application/vnd.x+json": {"schema": STR}})),
        TELLS,
    ),
    "vnd-json-json-resp": (
        operation(responses=fine({"application/vnd.x+json": {"schema": STR}})),
        operation(responses=fine(as_json(STR))),
        BREAKS,
    ),
    "vendor-json-sent-becomes-json": (
        operation(requestBody={"content": {"application/vnd.x+json": {"schema": STR}}}),
        operation(requestBody={"content": as_json(STR)}),
        BREAKS,
    ),
    "vendor-json-sent-goes-beside-json": (
        operation(requestBody={"content": {"application/vnd.x+json": {"schema": STR}, **as_json(STR)}}),
        operation(requestBody={"content": as_json(STR)}),
        BREAKS,
    ),
    "body-of-an-answer-to-head": (
        document({"/a": {"head": {"responses": {"200": {"description": "", "content": as_json(STR)}}}}}),
        document({"/a": {"head": {"responses": OK}}}),
        SILENT,
    ),
    "items-of-a-stream-as-a-list": (
        streamed(schema={"type": "array", "items": STR}),
        streamed(itemSchema=STR),
        SILENT,
    ),
    "items-of-a-stream-as-a-list-of-others": (
        streamed(itemSchema=INT),
        streamed(schema={"type": "array", "items": STR}),
        BREAKS,
    ),
    "version-param": (
        operation(responses=fine({"application/vnd.x+json;version=1": {"schema": STR}})),
        operation(responses=fine({"application/vnd.x+json;version=2": {"schema": STR}})),
        BREAKS,
    ),
    "hdr-optional-required": (
        operation(responses=with_header()),
        operation(responses=with_header(required=True)),
        TELLS,
    ),
    "hdr-required-optional": (
        operation(responses=with_header(required=True)),
        operation(responses=with_header()),
        BREAKS,
    ),
    "hdr-removed-optional": (operation(responses=with_header()), operation(), WARNS),
    "hdr-removed-required": (operation(responses=with_header(required=True)), operation(), BREAKS),
    "hdr-content-type-ignored": (
        operation(
            responses={"200": {"description": "", "headers": {"Content-Type": {"required": True, "schema": STR}}}}
        ),
        operation(),
        SILENT,
    ),
    "hdr-type": (operation(responses=with_header()), operation(responses=with_header(schema=INT)), TELLS),
    "hdr-type-gen": (operation(responses=with_header(schema=INT)), operation(responses=with_header()), BREAKS),
    "hdr-nullable": (
        operation(responses=with_header()),
        operation(responses=with_header(schema={"type": ["string", "null"]})),
        BREAKS,
    ),
    "hdr-deprecated": (operation(responses=with_header()), operation(responses=with_header(deprecated=True)), TELLS),
}
"""Id -> the old document, the new one, and the verdict."""
