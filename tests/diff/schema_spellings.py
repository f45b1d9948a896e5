"""Pairs of schemas that mean the same."""

from __future__ import annotations

from typing import Any

from tests.diff.schema_cases import IF_P, INT, KINDS, PR, STR, O, P

SILENT: dict[str, tuple[Any, Any]] = {
    "words": (
        {"type": "string", "title": "a", "description": "b"},
        {"description": "c", "examples": ["d"], "type": "string"},
    ),
    "order-of-types": ({"type": ["string", "null"]}, {"type": ["null", "string"]}),
    "order-of-required": ({**O, "required": ["a", "b"]}, {"required": ["b", "a"], **O}),
    "order-of-values": ({"enum": [1, 2]}, {"enum": [2, 1.0]}),
    "const-and-enum": ({"const": "a"}, {"enum": ["a"]}),
    "flattened": ({"allOf": [P, {"properties": {"q": INT}}]}, {"type": "object", "properties": {"p": STR, "q": INT}}),
    "flattened-limits": ({"allOf": [{"maxLength": 5}, {"maxLength": 3}]}, {"maxLength": 3}),
    "one-alternative": ({"oneOf": [P]}, P),
    "nullable-alternative": ({"anyOf": [STR, {"type": "null"}]}, {"type": ["string", "null"]}),
    "what-depends-is-required-anyway": (
        {"type": "object", "required": ["b"], "dependentRequired": {"a": ["b"]}},
        {"type": "object", "required": ["b"]},
    ),
    "oneof-anyof": ({"oneOf": KINDS}, {"anyOf": KINDS}),
    "object-that-was-split": (
        {**O, "required": ["k"], "properties": {"k": {"enum": ["cat", "dog"]}}},
        {"oneOf": KINDS[:2]},
    ),
    "types-that-were-split": (
        {"type": ["string", "integer"], "maxLength": 5},
        {"oneOf": [{"type": "string", "maxLength": 5}, INT]},
    ),
    "alternative-that-was-split": (
        {"oneOf": [INT, {**O, "required": ["k"], "properties": {"k": {"enum": ["cat", "dog"]}}}]},
        {"oneOf": [INT, *KINDS[:2]]},
    ),
    "wrapped-twice": (P, {"oneOf": [{"anyOf": [P]}]}),
    "order-of-alternatives": ({"oneOf": KINDS}, {"oneOf": KINDS[::-1]}),
    "types-as-alternatives": ({"oneOf": [STR, INT]}, {"type": ["integer", "string"]}),
    "values-as-alternatives": (
        {"oneOf": [{"const": "a", "type": "string"}, {"const": "b", "type": "string"}]},
        {"type": "string", "enum": ["b", "a"]},
    ),
    "open": (O, {**O, "additionalProperties": True}),
    "open-schema": (O, {**O, "additionalProperties": {}}),
    "any-items": ({"type": "array"}, {"type": "array", "items": {}}),
    "implied-type": ({"properties": {"p": STR}}, P),
    "whole-bound": ({"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 1}),
    "no-least-length": ({"type": "string", "minLength": 0}, STR),
    "free-pattern": ({"type": "string", "pattern": ".*"}, STR),
    "empty-name": ({**P, "required": [""]}, P),
    "same-condition": ({"if": {**P, "title": "x"}, "then": PR}, {"then": PR, "if": P}),
    "reordered-conditions": (
        {"allOf": [{**IF_P, "then": PR}, {"if": {"minProperties": 3}, "then": PR}]},
        {"allOf": [{"if": {"minProperties": 3}, "then": PR}, {**IF_P, "then": PR}]},
    ),
    "condition-without-meaning": (O, {**O, "if": P}),
    "closed-list": (
        {"type": "array", "prefixItems": [STR], "items": False},
        {"type": "array", "prefixItems": [STR], "maxItems": 1},
    ),
    "limit-every-value-keeps": (
        {"type": "string", "enum": ["a", "bc"]},
        {"type": "string", "enum": ["bc", "a"], "maxLength": 2, "minLength": 1},
    ),
    "bound-every-value-keeps": ({"type": "integer", "enum": [1, 2]}, {"type": "integer", "enum": [1, 2], "minimum": 1}),
    "name-said-twice": (
        {"oneOf": KINDS, "discriminator": {"propertyName": "k"}},
        {"oneOf": KINDS, "discriminator": {"propertyName": "k", "mapping": {"A": "#/components/schemas/A"}}},
    ),
    "same-not": ({"not": {"enum": [1, 2]}}, {"not": {"enum": [2, 1], "description": "x"}}),
    "values-say-their-type": ({"enum": ["a", "b"]}, {"type": "string", "enum": ["a", "b"]}),
    "values-that-are-none-of-the-type": ({"type": "string", "enum": [1]}, {"enum": [1], "type": "string"}),
    "order-of-negations": (
        {"allOf": [{"not": {"enum": [1]}}, {"not": {"enum": [2]}}]},
        {"allOf": [{"not": {"enum": [2]}}, {"not": {"enum": [1]}}]},
    ),
    "unevaluated-beside-all-items": (
        {"type": "array", "items": {"type": "string"}, "contains": {"const": "a"}},
        {"type": "array", "items": {"type": "string"}, "contains": {"const": "a"}, "unevaluatedItems": False},
    ),
    "unevaluated-beside-any-items": (
        {"type": "array", "items": {}},
        {"type": "array", "items": True, "unevaluatedItems": False},
    ),
    "unevaluated-beside-all-members": (
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "object", "additionalProperties": {"type": "string"}, "unevaluatedProperties": False},
    ),
    "null-taken-out-of-two-types": ({"type": ["string", "null"], "not": {"type": "null"}}, {"type": "string"}),
    "whole-numbers-forbidden-twice": (
        {"allOf": [{"not": {"type": "integer"}}, {"not": {"type": "number"}}]},
        {"type": ["string", "boolean", "array", "object", "null"]},
    ),
    "null-that-another-list-forbids": ({"enum": ["a", None], "const": "a"}, {"const": "a", "type": "string"}),
}
"""Pairs that mean the same."""
