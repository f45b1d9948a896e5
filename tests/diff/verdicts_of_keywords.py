"""What each keyword of a schema does to a client, one way and back."""

from __future__ import annotations

from typing import Any

from tests.diff.verdict_parts import BREAKS, INT, SILENT, STR, TELLS, WARNS

P = {"type": "object", "properties": {"a": STR}}
A_IS_X = {"properties": {"a": {"const": "x"}}}
BY_K: dict[str, Any] = {"propertyName": "k"}
CAT, DOG, FOX = (
    {"type": "object", "properties": {"k": {"const": kind}, own: STR}, "required": ["k"]}
    for kind, own in (("x", "q"), ("y", "z"), ("v", "w"))
)
PETS: dict[str, Any] = {"oneOf": [CAT, DOG]}

KEYWORDS: dict[str, tuple[Any, Any, tuple[str, str], tuple[str, str]]] = {
    "fewer-types-behind-not": (
        {"not": {"type": ["string", "integer"]}},
        {"not": {"type": "string"}},
        (TELLS, BREAKS),
        (BREAKS, TELLS),
    ),
    "whole-numbers-behind-not": (
        {"not": {"type": "number"}},
        {"not": {"type": "integer"}},
        (TELLS, BREAKS),
        (BREAKS, TELLS),
    ),
    "least-length": (
        {"type": "string", "minLength": 2},
        {"type": "string", "minLength": 3},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "greatest-length": (
        {"type": "string", "maxLength": 5},
        {"type": "string", "maxLength": 7},
        (TELLS, BREAKS),
        (BREAKS, TELLS),
    ),
    "greatest-length-again": (STR, {"type": "string", "maxLength": 5}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "least-length-again": (STR, {"type": "string", "minLength": 5}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "least-items": (
        {"type": "array", "items": STR, "minItems": 2},
        {"type": "array", "items": STR, "minItems": 3},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "greatest-items": (
        {"type": "array", "items": STR, "maxItems": 5},
        {"type": "array", "items": STR, "maxItems": 7},
        (TELLS, BREAKS),
        (BREAKS, TELLS),
    ),
    "greatest-items-again": (
        {"type": "array", "items": STR},
        {"type": "array", "items": STR, "maxItems": 5},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "least-items-again": (
        {"type": "array", "items": STR},
        {"type": "array", "items": STR, "minItems": 5},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "least-contains": (
        {"type": "array", "contains": STR, "minContains": 2},
        {"type": "array", "contains": STR, "minContains": 3},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "greatest-contains": (
        {"type": "array", "contains": STR, "maxContains": 5},
        {"type": "array", "contains": STR, "maxContains": 7},
        (TELLS, BREAKS),
        (BREAKS, TELLS),
    ),
    "greatest-contains-again": (
        {"type": "array", "contains": STR},
        {"type": "array", "contains": STR, "maxContains": 5},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "least-contains-again": (
        {"type": "array", "contains": STR},
        {"type": "array", "contains": STR, "minContains": 5},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "least": ({"type": "integer", "minimum": 5}, {"type": "integer", "minimum": 7}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "exclusive-least": (
        {"type": "number", "exclusiveMinimum": 5},
        {"type": "number", "exclusiveMinimum": 7},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "least-again": (INT, {"type": "integer", "minimum": 5}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "exclusive-least-again": (
        {"type": "number"},
        {"type": "number", "exclusiveMinimum": 5},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "greatest": (
        {"type": "integer", "maximum": 5},
        {"type": "integer", "maximum": 7},
        (TELLS, BREAKS),
        (BREAKS, TELLS),
    ),
    "exclusive-greatest": (
        {"type": "number", "exclusiveMaximum": 5},
        {"type": "number", "exclusiveMaximum": 7},
        (TELLS, BREAKS),
        (BREAKS, TELLS),
    ),
    "greatest-again": (INT, {"type": "integer", "maximum": 5}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "exclusive-greatest-again": (
        {"type": "number"},
        {"type": "number", "exclusiveMaximum": 5},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "became-enum": (STR, {"type": "string", "enum": ["x", "y"]}, (BREAKS, TELLS), (TELLS, WARNS)),
    "enum-value": (
        {"type": "string", "enum": ["x", "y"]},
        {"type": "string", "enum": ["x", "y", "z"]},
        (TELLS, WARNS),
        (BREAKS, TELLS),
    ),
    "const": (STR, {"type": "string", "const": "x"}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "const-again": (
        {"type": "string", "const": "y"},
        {"type": "string", "const": "x"},
        (BREAKS, BREAKS),
        (BREAKS, BREAKS),
    ),
    "became-nullable": (STR, {"type": ["string", "null"]}, (TELLS, BREAKS), (BREAKS, TELLS)),
    "type": (STR, INT, (BREAKS, BREAKS), (BREAKS, BREAKS)),
    "type-generalized": (INT, {"type": "number"}, (TELLS, BREAKS), (BREAKS, TELLS)),
    "list-of-types-widened": (
        {"type": ["string", "integer"]},
        {"type": ["string", "integer", "boolean"]},
        (TELLS, BREAKS),
        (BREAKS, TELLS),
    ),
    "type-generalized-again": (STR, {"type": ["string", "integer"]}, (TELLS, BREAKS), (BREAKS, TELLS)),
    "pattern": (STR, {"type": "string", "pattern": "^a"}, (BREAKS, TELLS), (TELLS, WARNS)),
    "pattern-again": (
        {"type": "string", "pattern": "^a"},
        {"type": "string", "pattern": "^b"},
        (BREAKS, WARNS),
        (BREAKS, WARNS),
    ),
    "pattern-generalized": (
        {"type": "string", "pattern": "^a"},
        {"type": "string", "pattern": "^.*$"},
        (TELLS, WARNS),
        (BREAKS, TELLS),
    ),
    "contains": ({"type": "array"}, {"type": "array", "contains": STR}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "encoding": (STR, {"type": "string", "contentEncoding": "base64"}, (BREAKS, BREAKS), (BREAKS, BREAKS)),
    "encoding-again": (
        {"type": "string", "contentEncoding": "base16"},
        {"type": "string", "contentEncoding": "base64"},
        (BREAKS, BREAKS),
        (BREAKS, BREAKS),
    ),
    "content-media-type": (
        {"type": "string", "contentMediaType": "image/png"},
        {"type": "string", "contentMediaType": "image/jpeg"},
        (BREAKS, BREAKS),
        (BREAKS, BREAKS),
    ),
    "content-media-type-again": (
        STR,
        {"type": "string", "contentMediaType": "image/jpeg"},
        (BREAKS, BREAKS),
        (BREAKS, BREAKS),
    ),
    "content-schema": (
        {"type": "string", "contentMediaType": "application/json"},
        {"type": "string", "contentMediaType": "application/json", "contentSchema": P},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "dependent-required": (P, {**P, "dependentRequired": {"a": ["b"]}}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "dependent-required-again": (
        {**P, "dependentRequired": {"a": ["b"]}},
        {**P, "dependentRequired": {"a": ["b", "c"]}},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "dependent-required-closed": (
        {**P, "dependentRequired": {"a": ["b"]}},
        {**P, "dependentRequired": {"a": ["c"]}},
        (BREAKS, BREAKS),
        (BREAKS, BREAKS),
    ),
    "dependent-schema": (P, {**P, "dependentSchemas": {"a": {"required": ["b"]}}}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "then": (P, {**P, "if": A_IS_X, "then": {"required": ["b"]}}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "else": (
        P,
        {**P, "if": A_IS_X, "then": {"required": ["b"]}, "else": {"required": ["c"]}},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "else-again": (
        {**P, "if": A_IS_X, "then": {"required": ["b"]}},
        {**P, "if": A_IS_X, "then": {"required": ["b"]}, "else": {"required": ["c"]}},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "then-again": (
        {**P, "if": A_IS_X, "else": {"required": ["b"]}},
        {**P, "if": A_IS_X, "else": {"required": ["b"]}, "then": {"required": ["c"]}},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "pattern-property": (P, {**P, "patternProperties": {"^x": STR}}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "prefix-items": ({"type": "array"}, {"type": "array", "prefixItems": [STR]}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "prefix-items-again": (
        {"type": "array", "prefixItems": [STR]},
        {"type": "array", "prefixItems": [STR, INT]},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "prefix-items-closed": (
        {"type": "array", "prefixItems": [STR], "items": False},
        {"type": "array", "prefixItems": [STR, INT], "items": False},
        (TELLS, BREAKS),
        (BREAKS, TELLS),
    ),
    "property-names": (P, {**P, "propertyNames": {"pattern": "^a"}}, (BREAKS, TELLS), (TELLS, BREAKS)),
    "unevaluated-properties": (P, {**P, "unevaluatedProperties": False}, (BREAKS, TELLS), (TELLS, TELLS)),
    "items-that-contains-evaluates": (
        {"type": "array", "contains": STR, "unevaluatedItems": False},
        {"type": "array", "unevaluatedItems": False},
        (BREAKS, BREAKS),
        (BREAKS, BREAKS),
    ),
    "unevaluated-items": (
        {"type": "array", "prefixItems": [STR]},
        {"type": "array", "prefixItems": [STR], "unevaluatedItems": False},
        (BREAKS, TELLS),
        (TELLS, BREAKS),
    ),
    "alternative": (PETS, {"oneOf": [CAT, DOG, FOX]}, (TELLS, BREAKS), (BREAKS, TELLS)),
    "any-alternative": ({"anyOf": [CAT, DOG]}, {"anyOf": [CAT, DOG, FOX]}, (TELLS, WARNS), (BREAKS, TELLS)),
    "alternative-again": (
        {"oneOf": [STR, INT]},
        {"oneOf": [STR, INT, {"type": "boolean"}]},
        (TELLS, BREAKS),
        (BREAKS, TELLS),
    ),
    "any-alternative-again": (
        {"anyOf": [STR, INT]},
        {"anyOf": [STR, INT, {"type": "boolean"}]},
        (TELLS, BREAKS),
        (BREAKS, TELLS),
    ),
    "all-of": ({"allOf": [P]}, {"allOf": [P, CAT]}, (BREAKS, TELLS), (WARNS, BREAKS)),
    "all-of-annotation-only": (
        {"allOf": [P]},
        {"allOf": [P, {"description": "x"}]},
        (SILENT, SILENT),
        (SILENT, SILENT),
    ),
    "all-of-again": ({"allOf": [P]}, {"allOf": [P, {"properties": {"z": STR}}]}, (TELLS, TELLS), (WARNS, WARNS)),
    "wrapped-in-alternative": (
        {"type": "object", "properties": {"a": STR, "k": STR}, "required": ["k"]},
        PETS,
        (BREAKS, BREAKS),
        (BREAKS, BREAKS),
    ),
    "discriminator": (PETS, {**PETS, "discriminator": BY_K}, (TELLS, TELLS), (TELLS, TELLS)),
    "discriminator-property-name": (
        {**PETS, "discriminator": {"propertyName": "j"}},
        {**PETS, "discriminator": BY_K},
        (WARNS, WARNS),
        (WARNS, WARNS),
    ),
    "discriminator-mapping": (
        {**PETS, "discriminator": {**BY_K, "mapping": {"x": "X"}}},
        {**PETS, "discriminator": {**BY_K, "mapping": {"x": "X", "y": "Y"}}},
        (TELLS, TELLS),
        (BREAKS, TELLS),
    ),
    "discriminator-mapping-again": (
        {**PETS, "discriminator": {**BY_K, "mapping": {"x": "X"}}},
        {**PETS, "discriminator": {**BY_K, "mapping": {"x": "Y"}}},
        (BREAKS, WARNS),
        (BREAKS, WARNS),
    ),
    "x-extensible-enum-value-removed": (
        {"type": "string", "x-extensible-enum": ["a", "b"]},
        {"type": "string", "x-extensible-enum": ["a"]},
        (BREAKS, TELLS),
        (TELLS, TELLS),
    ),
}
"""Id -> one schema, the other, and the verdicts on requests and on responses: of the way there, and of the way back."""
