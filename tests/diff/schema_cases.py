"""Pairs of schemas, and what each way from one to the other is called."""

from __future__ import annotations

from typing import Any

P = {"type": "object", "properties": {"p": {"type": "string"}}}
PR = {**P, "required": ["p"]}
O = {"type": "object"}  # noqa: E741  an object
STR = {"type": "string"}
INT = {"type": "integer"}
KINDS = [
    {"type": "object", "title": t, "required": ["k"], "properties": {"k": {"const": t}}} for t in ("cat", "dog", "fox")
]
LOOSE = [{"type": "object", "properties": {"k": {"type": "string", "maxLength": size}}} for size in (1, 2)]

IF_P = {"type": "object", "if": {"properties": {"p": {"const": "x"}}}}


def member(**marks: Any) -> dict[str, Any]:
    """An object with one member, marked."""
    return {"type": "object", "properties": {"p": {"type": "string", **marks}}}


CASES: dict[str, tuple[Any, Any, list[str], list[str]]] = {
    "type": (INT, {"type": "number"}, ["type-widened"], ["type-narrowed"]),
    "another-type": (STR, INT, ["type-changed"], ["type-changed"]),
    "one-and-true": (
        {"enum": [1]},
        {"enum": [True]},
        ["type-changed"],
        ["type-changed"],
    ),
    "object-that-became-a-list": (P, {"type": "array", "items": P}, ["type-changed"], ["type-changed"]),
    "codes-that-became-words": (
        {"type": "integer", "enum": [1, 2]},
        {"type": "string", "enum": ["one", "two"]},
        ["type-changed"],
        ["type-changed"],
    ),
    "list-that-became-a-pair": (
        {"type": "array", "items": STR},
        {"type": "array", "prefixItems": [STR, STR], "items": False},
        ["max-items-decreased"],
        ["max-items-increased"],
    ),
    "any-type": (STR, {"title": "x"}, ["type-widened"], ["type-narrowed"]),
    "list-of-types": (STR, {"type": ["string", "integer"]}, ["type-widened"], ["type-narrowed"]),
    "types-as-alternatives": (STR, {"anyOf": [STR, INT]}, ["type-widened"], ["type-narrowed"]),
    "nothing": (STR, False, ["type-narrowed"], ["type-widened"]),
    "null": (STR, {"type": ["string", "null"]}, ["became-nullable"], ["became-not-nullable"]),
    "null-as-alternative": (P, {"oneOf": [P, {"type": "null"}]}, ["became-nullable"], ["became-not-nullable"]),
    "null-that-a-type-beside-refuses": (
        {"type": "boolean"},
        {"type": "boolean", "anyOf": [{"enum": [True, None]}, O]},
        ["enum-added"],
        ["enum-removed"],
    ),
    "enum": (STR, {"type": "string", "enum": ["a", "b"]}, ["enum-added"], ["enum-removed"]),
    "enum-value": ({"enum": ["a"]}, {"enum": ["a", "b"]}, ["enum-value-added"], ["enum-value-removed"]),
    "const": (STR, {"type": "string", "const": "a"}, ["const-added"], ["const-removed"]),
    "another-const": ({"const": "a"}, {"const": "b"}, ["const-changed"], ["const-changed"]),
    "open-enum": (
        {"type": "string", "x-extensible-enum": ["a"]},
        {"type": "string", "x-extensible-enum": ["a", "b"]},
        ["extensible-enum-value-added"],
        ["extensible-enum-value-removed"],
    ),
    "default": (STR, {"type": "string", "default": "a"}, ["default-added"], ["default-removed"]),
    "another-default": (
        {"type": "string", "default": "b"},
        {"type": "string", "default": "a"},
        ["default-changed"],
        ["default-changed"],
    ),
    "format": (STR, {"type": "string", "format": "uuid"}, ["format-narrowed"], ["format-widened"]),
    "wider-format": (
        {"type": "integer", "format": "int32"},
        {"type": "integer", "format": "int64"},
        ["format-widened"],
        ["format-narrowed"],
    ),
    "another-format": (
        {"type": "string", "format": "date"},
        {"type": "string", "format": "uuid"},
        ["format-changed"],
        ["format-changed"],
    ),
    "own-format": (STR, {"type": "string", "format": "nickname"}, ["format-hint-changed"], ["format-hint-changed"]),
    "pattern": (STR, {"type": "string", "pattern": "^a"}, ["pattern-added"], ["pattern-removed"]),
    "another-pattern": (
        {**STR, "pattern": r"^(a)\1"},
        {**STR, "pattern": "^a"},
        ["pattern-changed"],
        ["pattern-changed"],
    ),
    "wider-pattern": (
        {**STR, "pattern": "^[a-f]+$"},
        {**STR, "pattern": "^[a-z]+$"},
        ["pattern-widened"],
        ["pattern-narrowed"],
    ),
    "minimum": (INT, {"type": "integer", "minimum": 1}, ["minimum-increased"], ["minimum-decreased"]),
    "exclusive-minimum": ({"minimum": 1}, {"exclusiveMinimum": 1}, ["minimum-increased"], ["minimum-decreased"]),
    "maximum": (
        {"type": "integer", "maximum": 1},
        {"type": "integer", "maximum": 2},
        ["maximum-increased"],
        ["maximum-decreased"],
    ),
    "no-maximum": ({"type": "integer", "maximum": 1}, INT, ["maximum-increased"], ["maximum-decreased"]),
    "min-length": (STR, {"type": "string", "minLength": 1}, ["min-length-increased"], ["min-length-decreased"]),
    "max-length": ({"type": "string", "maxLength": 1}, STR, ["max-length-increased"], ["max-length-decreased"]),
    "min-items": (
        {"type": "array", "minItems": 1},
        {"type": "array", "minItems": 2},
        ["min-items-increased"],
        ["min-items-decreased"],
    ),
    "max-items": (
        {"type": "array", "maxItems": 1},
        {"type": "array", "maxItems": 2},
        ["max-items-increased"],
        ["max-items-decreased"],
    ),
    "min-properties": (O, {**O, "minProperties": 1}, ["min-properties-increased"], ["min-properties-decreased"]),
    "max-properties": ({**O, "maxProperties": 1}, O, ["max-properties-increased"], ["max-properties-decreased"]),
    "min-contains": (
        {"contains": INT, "minContains": 1},
        {"contains": INT, "minContains": 2},
        ["min-contains-increased"],
        ["min-contains-decreased"],
    ),
    "max-contains": (
        {"contains": INT, "maxContains": 1},
        {"contains": INT},
        ["max-contains-increased"],
        ["max-contains-decreased"],
    ),
    "multiple": (INT, {"type": "integer", "multipleOf": 2}, ["multiple-of-narrowed"], ["multiple-of-widened"]),
    "multiple-of-it": ({"multipleOf": 2}, {"multipleOf": 6}, ["multiple-of-narrowed"], ["multiple-of-widened"]),
    "another-multiple": ({"multipleOf": 2}, {"multipleOf": 3}, ["multiple-of-changed"], ["multiple-of-changed"]),
    "unique": (
        {"type": "array"},
        {"type": "array", "uniqueItems": True},
        ["unique-items-added"],
        ["unique-items-removed"],
    ),
    "optional-member": (O, P, ["optional-property-added"], ["optional-property-removed"]),
    "required-member": (O, PR, ["required-property-added"], ["required-property-removed"]),
    "requiredness": (P, PR, ["property-became-required"], ["property-became-optional"]),
    "undescribed": (
        O,
        {**O, "required": ["z"]},
        ["undescribed-property-required"],
        ["undescribed-property-not-required"],
    ),
    "closed": (
        P,
        {**P, "additionalProperties": False},
        ["additional-properties-closed"],
        ["additional-properties-opened"],
    ),
    "typed-others": (
        O,
        {**O, "additionalProperties": STR},
        ["additional-properties-typed"],
        ["additional-properties-untyped"],
    ),
    "wider-others": (
        {**O, "additionalProperties": INT},
        {**O, "additionalProperties": {"type": "number"}},
        ["type-widened"],
        ["type-narrowed"],
    ),
    "unevaluated": (
        P,
        {**P, "unevaluatedProperties": False},
        ["unevaluated-properties-closed"],
        ["unevaluated-properties-opened"],
    ),
    "unevaluated-items": (
        {"type": "array"},
        {"type": "array", "unevaluatedItems": False},
        ["unevaluated-items-closed"],
        ["unevaluated-items-opened"],
    ),
    "items-that-contains-evaluates": (
        {"type": "array", "contains": STR, "unevaluatedItems": False},
        {"type": "array", "unevaluatedItems": False},
        ["contains-removed", "unevaluated-items-closed"],
        ["contains-added", "unevaluated-items-opened"],
    ),
    "member-pattern-in-a-closed-object": (
        {**O, "additionalProperties": False, "patternProperties": {"^x": STR}},
        {**O, "additionalProperties": False, "patternProperties": {"^x": STR, "^y": STR}},
        ["additional-properties-opened"],
        ["additional-properties-closed"],
    ),
    "member-pattern-that-others-covered": (
        {**O, "additionalProperties": STR},
        {**O, "additionalProperties": STR, "patternProperties": {"^x": {"type": "string", "maxLength": 5}}},
        ["max-length-decreased"],
        ["max-length-increased"],
    ),
    "member-that-a-pattern-covered": (
        {**O, "patternProperties": {"^x-": STR}},
        {**O, "patternProperties": {"^x-": STR}, "properties": {"x-p": {"type": "string", "maxLength": 5}}},
        ["max-length-decreased", "optional-property-added"],
        ["max-length-increased", "optional-property-removed"],
    ),
    "member-that-a-pattern-still-describes": (
        {**O, "patternProperties": {"^x-": STR}},
        {**O, "patternProperties": {"^x-": STR}, "properties": {"x-p": {}}},
        ["optional-property-added"],
        ["optional-property-removed"],
    ),
    "required-member-that-a-pattern-covered": (
        {**O, "patternProperties": {"^x-": STR}, "required": ["x-p"]},
        {**O, "patternProperties": {"^x-": STR}, "required": ["x-p"], "properties": {"x-p": INT}},
        ["optional-property-added", "type-narrowed"],
        ["type-widened"],
    ),
    "member-pattern": (
        O,
        {**O, "patternProperties": {"^x": STR}},
        ["pattern-property-added"],
        ["pattern-property-removed"],
    ),
    "member-names": (O, {**O, "propertyNames": {"maxLength": 3}}, ["property-names-added"], ["property-names-removed"]),
    "dependent-member": (
        P,
        {**P, "dependentRequired": {"p": ["q"]}},
        ["dependent-required-added"],
        ["dependent-required-removed"],
    ),
    "one-more-dependent-member": (
        {**P, "dependentRequired": {"p": ["q"]}},
        {**P, "dependentRequired": {"p": ["q", "r"]}},
        ["dependent-required-added"],
        ["dependent-required-removed"],
    ),
    "dependent-schema": (
        P,
        {**P, "dependentSchemas": {"p": PR}},
        ["dependent-schema-added"],
        ["dependent-schema-removed"],
    ),
    "condition": (O, {**O, "if": P, "then": PR}, ["condition-added"], ["condition-removed"]),
    "another-condition": (
        {**O, "if": P, "then": PR},
        {**O, "if": PR, "then": P},
        ["condition-changed"],
        ["condition-changed"],
    ),
    "contains": ({"type": "array"}, {"type": "array", "contains": INT}, ["contains-added"], ["contains-removed"]),
    "wider-contains": (
        {"type": "array", "contains": INT},
        {"type": "array", "contains": {"type": "number"}},
        ["type-widened"],
        ["type-narrowed"],
    ),
    "prefix-item": (
        {"type": "array"},
        {"type": "array", "prefixItems": [INT]},
        ["prefix-item-added"],
        ["prefix-item-removed"],
    ),
    "items": ({"type": "array"}, {"type": "array", "items": INT}, ["type-narrowed"], ["type-widened"]),
    "not": (STR, {"type": "string", "not": {"const": "a"}}, ["not-added"], ["not-removed"]),
    "not-a-whole-number": (
        {"type": "number"},
        {"type": "number", "not": {"type": "integer"}},
        ["not-added"],
        ["not-removed"],
    ),
    "fewer-types-behind-not": (
        {"not": {"type": ["string", "integer"]}},
        {"not": {"type": "string", "description": "x"}},
        ["not-removed"],
        ["not-added"],
    ),
    "whole-numbers-behind-not": (
        {"not": {"type": "number"}},
        {"not": {"type": "integer"}},
        ["type-widened"],
        ["type-narrowed"],
    ),
    "null-behind-not": (
        {"not": STR},
        {"not": {"type": ["string", "null"]}},
        ["not-added"],
        ["not-removed"],
    ),
    "one-not-less": (
        {"allOf": [{"not": {"enum": [1]}}, {"not": {"enum": [2]}}]},
        {"not": {"enum": [2]}},
        ["not-removed"],
        ["not-added"],
    ),
    "not-of-more": (
        {"type": "object", "not": {"required": ["p", "q"]}},
        {"type": "object", "not": {"required": ["p"]}},
        ["not-extended"],
        ["not-reduced"],
    ),
    "not-of-a-value-more": (
        {"type": "string", "not": {"const": "a"}},
        {"type": "string", "not": {"enum": ["a", "b"]}},
        ["not-added"],
        ["not-removed"],
    ),
    "items-that-contains-evaluates-unlike-others": (
        {"type": "array", "contains": INT, "unevaluatedItems": STR},
        {"type": "array", "unevaluatedItems": STR},
        ["contains-removed", "type-narrowed"],
        ["contains-added", "type-widened"],
    ),
    "another-not": ({"not": {"const": "b"}}, {"not": {"const": "a"}}, ["not-changed"], ["not-changed"]),
    "content-schema": (
        STR,
        {"type": "string", "contentSchema": O},
        ["content-schema-added"],
        ["content-schema-removed"],
    ),
    "encoding": (
        {"type": "string", "contentEncoding": "base64"},
        {"type": "string", "contentEncoding": "base32"},
        ["content-encoding-changed"],
        ["content-encoding-changed"],
    ),
    "media": (
        {"type": "string", "contentMediaType": "text/html"},
        {"type": "string", "contentMediaType": "text/css"},
        ["content-media-type-changed"],
        ["content-media-type-changed"],
    ),
    "alternative": ({"oneOf": KINDS[:2]}, {"oneOf": KINDS}, ["alternative-added"], ["alternative-removed"]),
    "object-that-was-split-with-a-value-less": (
        {**O, "required": ["k"], "properties": {"k": {"enum": ["cat", "dog", "fox"]}}},
        {"oneOf": KINDS[:2]},
        ["enum-value-removed"],
        ["enum-value-added"],
    ),
    "object-that-was-split-and-narrowed": (
        {**O, "required": ["k"], "properties": {"k": {"enum": ["cat", "dog"]}, "p": STR}},
        {
            "oneOf": [
                {**KINDS[0], "properties": {"k": {"const": "cat"}, "p": {"type": "string", "maxLength": 5}}},
                {**KINDS[1], "properties": {"k": {"const": "dog"}, "p": STR}},
            ]
        },
        ["max-length-decreased"],
        ["max-length-increased"],
    ),
    "plain-and-alternatives": (KINDS[0], {"oneOf": KINDS[:2]}, ["alternative-added"], ["alternative-removed"]),
    "alternatives": (
        P,
        {**P, "anyOf": [{"required": ["p"]}, {"required": ["q"]}]},
        ["alternatives-added"],
        ["alternatives-removed"],
    ),
    "discriminator": (
        {"oneOf": KINDS},
        {"oneOf": KINDS, "discriminator": {"propertyName": "k"}},
        ["discriminator-added"],
        ["discriminator-removed"],
    ),
    "another-discriminator": (
        {"oneOf": KINDS, "discriminator": {"propertyName": "k"}},
        {"oneOf": KINDS, "discriminator": {"propertyName": "t"}},
        ["discriminator-changed"],
        ["discriminator-changed"],
    ),
    "mapping": (
        {"oneOf": KINDS, "discriminator": {"propertyName": "k", "mapping": {"a": "A"}}},
        {"oneOf": KINDS, "discriminator": {"propertyName": "k", "mapping": {"a": "A", "b": "B"}}},
        ["discriminator-mapping-added"],
        ["discriminator-mapping-removed"],
    ),
    "another-name-in-the-mapping": (
        {"oneOf": KINDS, "discriminator": {"propertyName": "k", "mapping": {"a": "A"}}},
        {"oneOf": KINDS, "discriminator": {"propertyName": "k", "mapping": {"b": "A"}}},
        ["discriminator-mapping-renamed"],
        ["discriminator-mapping-renamed"],
    ),
    "another-mapping": (
        {"oneOf": KINDS, "discriminator": {"propertyName": "k", "mapping": {"a": "A"}}},
        {"oneOf": KINDS, "discriminator": {"propertyName": "k", "mapping": {"a": "B"}}},
        ["discriminator-mapping-changed"],
        ["discriminator-mapping-changed"],
    ),
    "otherwise": (
        {**IF_P, "then": PR},
        {**IF_P, "then": PR, "else": {"required": ["q"]}},
        ["condition-added"],
        ["condition-removed"],
    ),
    "then": (
        {**IF_P, "then": {"properties": {"q": {"type": "string", "maxLength": 3}}}},
        {**IF_P, "then": {"properties": {"q": {"type": "string", "maxLength": 4}}}},
        ["max-length-increased"],
        ["max-length-decreased"],
    ),
    "second-condition": (
        {"allOf": [{**IF_P, "then": PR}]},
        {"allOf": [{**IF_P, "then": PR}, {"if": {"minProperties": 3}, "then": {"required": ["p"]}}]},
        ["condition-added"],
        ["condition-removed"],
    ),
    "one-not-of-two": (
        {"allOf": [{"not": {"enum": [1]}}, {"not": {"enum": [2]}}]},
        {"allOf": [{"not": {"enum": [1]}}, {"not": {"enum": [3]}}]},
        ["not-changed"],
        ["not-changed"],
    ),
    "item-of-closed-list": (
        {"type": "array", "prefixItems": [STR], "items": False},
        {"type": "array", "prefixItems": [STR, INT], "items": False},
        ["max-items-increased"],
        ["max-items-decreased"],
    ),
    "item-of-its-own": (
        {"type": "array", "prefixItems": [STR], "items": INT},
        {"type": "array", "prefixItems": [STR, {"type": "number"}], "items": INT},
        ["type-widened"],
        ["type-narrowed"],
    ),
    "member-of-its-own": (
        {**O, "additionalProperties": STR},
        {**P, "additionalProperties": STR, "properties": {"p": {"type": "string", "maxLength": 5}}},
        ["max-length-decreased", "optional-property-added"],
        ["max-length-increased", "optional-property-removed"],
    ),
    "deprecated": (member(), member(deprecated=True), ["property-deprecated"], ["property-reactivated"]),
    "sunset": (
        member(deprecated=True),
        member(deprecated=True, **{"x-sunset": "2030-01-01"}),
        ["property-sunset-added"],
        ["property-sunset-removed"],
    ),
    "later-sunset": (
        member(deprecated=True, **{"x-sunset": "2030-01-01"}),
        member(deprecated=True, **{"x-sunset": "2031-01-01T00:00:00Z"}),
        ["property-sunset-moved-later"],
        ["property-sunset-moved-earlier"],
    ),
    "unreadable-sunset": (
        member(deprecated=True),
        member(deprecated=True, **{"x-sunset": "soon"}),
        ["property-sunset-invalid"],
        ["property-sunset-invalid"],
    ),
    "stability": (
        member(**{"x-stability-level": "beta"}),
        member(),
        ["property-stability-increased"],
        ["property-stability-decreased"],
    ),
    "unknown-stability": (
        member(),
        member(**{"x-stability-level": "solid"}),
        ["property-stability-invalid"],
        ["property-stability-invalid"],
    ),
    "member-after-sunset": (
        O,
        member(deprecated=True, **{"x-sunset": "2026-11-20"}),
        ["optional-property-added"],
        ["property-removed-after-sunset"],
    ),
    "member-before-sunset": (
        O,
        member(deprecated=True, **{"x-sunset": "2026-11-21"}),
        ["optional-property-added"],
        ["property-removed-before-sunset"],
    ),
    "unstable-member": (
        O,
        member(**{"x-stability-level": "alpha"}),
        ["optional-property-added"],
        ["unstable-property-removed"],
    ),
}
"""Id -> one schema, the other, and the rules (without their direction) of the way there and of the way back."""

REQUESTS: dict[str, tuple[Any, Any, list[str], list[str]]] = {
    "enum-of-booleans": ({"enum": [1]}, {"enum": [1, True]}, ["enum-value-added"], ["enum-value-removed"]),
    "value-of-no-type": (
        {"enum": ["a", 1]},
        {"enum": ["a", 1], "type": "string"},
        ["enum-value-removed"],
        ["enum-value-added"],
    ),
    "listed-values-that-several-alternatives-take": (
        {"enum": ["a", True]},
        {"anyOf": [{"type": "boolean"}, {"enum": ["a", "b"]}]},
        ["enum-removed"],
        ["enum-added", "enum-value-removed"],
    ),
    "integer-that-a-number-takes-too": (
        INT,
        {"oneOf": [INT, {"type": "number"}]},
        ["one-of-ambiguous", "type-widened"],
        ["type-narrowed"],
    ),
    "any-of-that-becomes-one-of": (
        {"anyOf": [{**O, "required": ["p"]}, {**O, "required": ["q"]}]},
        {"oneOf": [{**O, "required": ["p"]}, {**O, "required": ["q"]}]},
        ["one-of-ambiguous"],
        [],
    ),
    "one-of-that-a-discriminator-decides": (
        {"anyOf": LOOSE, "discriminator": {"propertyName": "k"}},
        {"oneOf": LOOSE, "discriminator": {"propertyName": "k"}},
        ["one-of-overlapping"],
        [],
    ),
    "one-of-that-was-ambiguous-before": (
        {"oneOf": [{**O, "required": ["p"]}, {**O, "required": ["q"]}]},
        {"oneOf": [{**O, "required": ["p"]}, {**O, "required": ["q"]}, {**O, "required": ["r"]}]},
        ["alternative-added", "one-of-overlapping"],
        ["alternative-removed"],
    ),
    "closed-object": (
        {**O, "additionalProperties": False},
        {**P, "additionalProperties": False},
        ["optional-property-added"],
        ["property-rejected"],
    ),
    "read-only": (member(), member(readOnly=True), ["property-became-read-only"], ["property-became-not-read-only"]),
    "required-read-only": (
        {**member(readOnly=True), "required": ["p"]},
        {**member(), "required": ["p"]},
        ["required-property-became-not-read-only"],
        ["property-became-read-only"],
    ),
    "write-only": (member(), member(writeOnly=True), [], []),
    "hidden": (member(readOnly=True), member(readOnly=True, maxLength=3), [], []),
    "hidden-and-removed": (member(readOnly=True), O, [], []),
    "any-of": ({"anyOf": KINDS[:2]}, {"anyOf": KINDS}, ["alternative-added"], ["alternative-removed"]),
    "limit-of-an-alternative-that-another-one-takes": (
        {"anyOf": [{**INT, "minimum": 0}, {"type": "number", "maximum": 9}]},
        {"anyOf": [{**INT, "minimum": 3}, {"type": "number", "maximum": 9}]},
        ["schema-rewritten"],
        ["minimum-decreased"],
    ),
}
"""The same, where only a request has them."""

RESPONSES: dict[str, tuple[Any, Any, list[str], list[str]]] = {
    "enum-of-booleans": (
        {"enum": [1]},
        {"enum": [1, True]},
        ["enum-value-added", "type-widened"],
        ["enum-value-removed"],
    ),
    "value-of-no-type": (
        {"enum": ["a", 1]},
        {"enum": ["a", 1], "type": "string"},
        ["enum-value-removed"],
        ["enum-value-added", "type-widened"],
    ),
    "one-of-that-becomes-any-of": (
        {"oneOf": [{**O, "required": ["p"]}, {**O, "required": ["q"]}]},
        {"anyOf": [{**O, "required": ["p"]}, {**O, "required": ["q"]}]},
        ["one-of-ambiguous"],
        [],
    ),
    "one-of-that-a-discriminator-decides": (
        {"oneOf": LOOSE, "discriminator": {"propertyName": "k"}},
        {"anyOf": LOOSE, "discriminator": {"propertyName": "k"}},
        ["one-of-overlapping"],
        [],
    ),
    "write-only": (
        member(),
        member(writeOnly=True),
        ["property-became-write-only"],
        ["property-became-not-write-only"],
    ),
    "read-only": (member(), member(readOnly=True), [], []),
    "hidden": (member(writeOnly=True), member(writeOnly=True, maxLength=3), [], []),
    "any-of": ({"anyOf": KINDS[:2]}, {"anyOf": KINDS}, ["any-of-alternative-added"], ["alternative-removed"]),
    "any-of-one": ({"anyOf": KINDS[:1]}, {"anyOf": KINDS[:2]}, ["any-of-alternative-added"], ["alternative-removed"]),
    "any-of-that-loses-one": (
        {"anyOf": KINDS[:2]},
        {"anyOf": KINDS[1:]},
        ["alternative-added", "alternative-removed"],
        ["alternative-added", "alternative-removed"],
    ),
    "limit-of-an-alternative-that-another-one-takes": (
        {"anyOf": [{**INT, "minimum": 3}, {"type": "number", "maximum": 9}]},
        {"anyOf": [{**INT, "minimum": 0}, {"type": "number", "maximum": 9}]},
        ["schema-rewritten"],
        ["minimum-increased"],
    ),
    "one-of-becomes-any-of": ({"oneOf": KINDS[:2]}, {"anyOf": KINDS}, ["alternative-added"], ["alternative-removed"]),
}
"""The same, where only a response has them."""
