"""Schemas that are one set of values in two spellings, and those that look like it and are none; each in requests and in answers, both ways."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import answered, sent
from tests.diff.verdict_parts import BREAKS, INT, SILENT, STR, TELLS, WARNS, members

Row = tuple[Any, Any, str]


def same(name: str, one: Any, other: Any, **schemas: Any) -> dict[str, Row]:
    """Two spellings of one set of values."""
    return _pairs(name, one, other, (SILENT, SILENT), (SILENT, SILENT), schemas)


def narrower(name: str, wide: Any, narrow: Any, **schemas: Any) -> dict[str, Row]:
    """Two sets of values of which the second one is a part of the first."""
    return _pairs(name, wide, narrow, (BREAKS, TELLS), (TELLS, BREAKS), schemas)


def apart(name: str, one: Any, other: Any, **schemas: Any) -> dict[str, Row]:
    """Two sets of values of which neither is a part of the other."""
    return _pairs(name, one, other, (BREAKS, BREAKS), (BREAKS, BREAKS), schemas)


def _pairs(
    name: str, one: Any, other: Any, there: tuple[str, str], back: tuple[str, str], schemas: dict[str, Any]
) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for wrap, way, index in ((sent, "sent", 0), (answered, "answered", 1)):
        before, after = wrap(one, **schemas), wrap(other, **schemas)
        rows[f"{name}-{way}"] = before, after, there[index]
        rows[f"{name}-{way}-back"] = after, before, back[index]
    return rows


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return members(properties, additionalProperties=False)


LIST: dict[str, Any] = {"type": "array"}
CLOSED = {"unevaluatedProperties": False}
A = members({"a": STR})
TWO = members({"a": STR, "b": STR})
INT32 = {**INT, "format": "int32"}
IF_A: dict[str, Any] = {"if": {"required": ["a"]}}
SHORT = {**STR, "maxLength": 3}
OPEN = {"$ref": "#/components/schemas/Open"}

SETS: dict[str, Row] = {
    # What nothing evaluates
    **same("part-that-takes-all", {"allOf": [{**A, "unevaluatedProperties": True}], **CLOSED}, A),
    **same(
        "part-of-a-part-that-takes-all", {"allOf": [{"allOf": [{**A, "unevaluatedProperties": True}]}], **CLOSED}, A
    ),
    **same("part-with-any-other-members", {"allOf": [{**A, "additionalProperties": True}], **CLOSED}, A),
    **same("referred-part-that-takes-all", {**OPEN, **CLOSED}, A, Open={**A, "additionalProperties": True}),
    **same(
        "part-with-other-members-of-a-kind",
        {"allOf": [{**A, "additionalProperties": STR}], **CLOSED},
        {**A, "additionalProperties": STR},
    ),
    **same("other-members-of-a-kind", {**A, "unevaluatedProperties": STR}, {**A, "additionalProperties": STR}),
    **same(
        "alternatives-that-take-all",
        {"anyOf": [{**A, "additionalProperties": True}, {"type": "object", "additionalProperties": True}], **CLOSED},
        {"anyOf": [{**A, "additionalProperties": True}, {"type": "object", "additionalProperties": True}]},
    ),
    **same("closed-in-a-part", {"allOf": [{**A, **CLOSED}]}, {**A, "additionalProperties": False}),
    "part-that-takes-all-no-longer": (
        sent({"allOf": [{**A, "unevaluatedProperties": True}], **CLOSED}),
        sent({"allOf": [A], **CLOSED}),
        BREAKS,
    ),
    "part-that-takes-all-now": (
        answered({"allOf": [A], **CLOSED}),
        answered({"allOf": [{**A, "unevaluatedProperties": True}], **CLOSED}),
        TELLS,
    ),
    **same(
        "no-items-but-those-by-order",
        {**LIST, "prefixItems": [STR, INT], "items": False},
        {**LIST, "prefixItems": [STR, INT], "unevaluatedItems": False},
    ),
    **same("no-items-that-nothing-evaluates", {**LIST, "maxItems": 0}, {**LIST, "unevaluatedItems": False}),
    **same("items-of-a-kind", {**LIST, "items": STR}, {**LIST, "unevaluatedItems": STR}),
    **same("part-with-all-items", {"allOf": [{**LIST, "items": STR}], "unevaluatedItems": INT}, {**LIST, "items": STR}),
    **narrower("items-free-or-not", LIST, {**LIST, "unevaluatedItems": False}),
    **narrower(
        "what-contains-evaluates",
        {**LIST, "prefixItems": [STR], "contains": INT, "minContains": 0, "unevaluatedItems": False},
        {**LIST, "prefixItems": [STR], "unevaluatedItems": False},
    ),
    **narrower(
        "what-contains-evaluates-beside-a-kind",
        {**LIST, "contains": INT, "minContains": 0, "unevaluatedItems": STR},
        {**LIST, "unevaluatedItems": STR},
    ),
    **apart("contains-goes", {**LIST, "contains": INT, "unevaluatedItems": False}, {**LIST, "unevaluatedItems": False}),
    **apart(
        "contains-of-a-part-goes",
        {"allOf": [{**LIST, "contains": INT}], "unevaluatedItems": False},
        {**LIST, "unevaluatedItems": False},
    ),
    # What a list contains
    **same("contains-anything", {**LIST, "minItems": 1}, {**LIST, "contains": {}}),
    **same("contains-two-of-anything", {**LIST, "minItems": 2}, {**LIST, "contains": True, "minContains": 2}),
    **same("contains-at-most", {**LIST, "maxItems": 2}, {**LIST, "contains": {}, "minContains": 0, "maxContains": 2}),
    **apart(
        "contains-at-most-one-of-more",
        {**LIST, "contains": INT, "maxContains": 1},
        {**LIST, "contains": {"type": "number"}, "maxContains": 1},
    ),
    **same("number-of-what-nothing-asks-for", LIST, {**LIST, "minContains": 2, "maxContains": 3}),
    **narrower(
        "number-of-what-another-part-asks-for",
        {**LIST, "contains": INT, "minContains": 0},
        {**LIST, "minContains": 0, "allOf": [{"contains": INT}]},
    ),
    # Alternatives and steps
    **same("alternative-that-takes-nothing", {"anyOf": [A, LIST]}, {"anyOf": [A, False, LIST]}),
    **same("steps-that-whole-numbers-keep", INT, {**INT, "multipleOf": 0.5}),
    **narrower("whole-numbers-by-their-step", {"multipleOf": 1}, {**INT, "multipleOf": 1}),
    **narrower("whole-numbers-among-halves", {"multipleOf": 0.5}, INT),
    # Conditions
    "condition-whose-schema-narrowed": (
        sent({"if": {"$ref": "#/components/schemas/C"}, "then": {"required": ["b"]}}, C={"required": ["a"]}),
        sent({"if": {"$ref": "#/components/schemas/C"}, "then": {"required": ["b"]}}, C={"minProperties": 1}),
        BREAKS,
    ),
    **same("condition-that-says-nothing", TWO, {**TWO, "if": {"required": ["a"]}, "then": True}),
    **same("condition-that-never-holds", TWO, {**TWO, "if": False, "then": {"required": ["a"]}}),
    **same(
        "condition-that-needs-nothing", {**TWO, "required": ["a"]}, {**TWO, "if": True, "then": {"required": ["a"]}}
    ),
    **same(
        "condition-in-two-halves",
        {**TWO, **IF_A, "then": {"required": ["b"]}, "else": {"minProperties": 1}},
        {**TWO, "dependentRequired": {"a": ["b"]}, "allOf": [{**IF_A, "else": {"minProperties": 1}}]},
    ),
    **narrower(
        "otherwise-of-a-condition",
        {**TWO, **IF_A, "then": {"required": ["b"]}},
        {**TWO, **IF_A, "then": {"required": ["b"]}, "else": {"minProperties": 1}},
    ),
    **narrower(
        "otherwise-of-a-condition-that-says-nothing-else",
        TWO,
        {**TWO, **IF_A, "then": {}, "else": {"required": ["b"]}},
    ),
    # One object, and several of which each has a part of its members
    **narrower("object-as-two", TWO, {"oneOf": [{**A, "required": ["a"]}, members({"b": STR}, required=["b"])]}),
    **narrower(
        "object-as-one-with-more-and-one-with-less",
        members({"a": STR, "b": STR}, required=["a"]),
        {"anyOf": [members({"a": STR, "b": STR}, required=["a", "b"]), members({"a": SHORT}, required=["a"])]},
    ),
    **_pairs(
        "object-as-two-of-which-one-is-new",
        members({"a": STR}, required=["a"]),
        {"oneOf": [members({"a": STR}, required=["a"]), members({"b": STR}, required=["b"])]},
        (WARNS, BREAKS),
        (BREAKS, TELLS),
        {},
    ),
    # What `not` forbids of other types
    **same("not-an-object-beside-a-text", STR, {**STR, "not": {"type": "object", "required": ["a"]}}),
    **same("not-a-long-list-beside-a-text", STR, {**STR, "not": {"type": "array", "minItems": 1}}),
    **narrower("not-some-texts", STR, {**STR, "not": {"pattern": "^x"}}),
    # Ranges of whole numbers
    **same("limits-of-the-format-as-well", INT32, {**INT32, "minimum": -(2**31), "maximum": 2**31 - 1}),
    **same("limits-beyond-the-format", INT32, {**INT32, "minimum": -(2**40)}),
    **same("limits-for-a-format", {**INT, "format": "uint8"}, {**INT, "minimum": 0, "maximum": 255}),
    **narrower("limits-below-the-format", INT32, {**INT32, "minimum": 0}),
    **narrower("limit-of-the-format-itself", INT32, {**INT32, "exclusiveMaximum": 2**31 - 1}),
    **narrower("format-of-fewer-numbers", {**INT, "minimum": 0, "maximum": 2**16 - 1}, {**INT, "format": "uint8"}),
    # Names of members
    **same(
        "names-by-pattern",
        {"type": "object", "propertyNames": {"pattern": "^x-"}, "additionalProperties": STR},
        {"type": "object", "patternProperties": {"^x-": STR}, "additionalProperties": False},
    ),
    **same(
        "names-by-pattern-twice",
        {"type": "object", "propertyNames": {"pattern": "^x-"}, "patternProperties": {"^x-": STR}},
        {"type": "object", "patternProperties": {"^x-": STR}, "additionalProperties": False},
    ),
    **same(
        "names-by-pattern-beside-members",
        {"type": "object", "propertyNames": {"pattern": "^a"}, "properties": {"ab": STR, "b": STR}},
        {"type": "object", "patternProperties": {"^a": {}}, "properties": {"ab": STR}, "additionalProperties": False},
    ),
    **same(
        "names-that-are-listed",
        {"type": "object", "propertyNames": {"enum": ["a", "b"]}, "additionalProperties": STR},
        members({"a": STR, "b": STR}, additionalProperties=False),
    ),
    **same("names-are-texts", {"type": "object"}, {"type": "object", "propertyNames": {"type": "string"}}),
    **narrower("names-free-or-not", {"type": "object"}, {"type": "object", "propertyNames": {"pattern": "^x-"}}),
    **narrower(
        "names-by-pattern-with-values-of-a-kind",
        {"type": "object", "patternProperties": {"^x-": {}}, "additionalProperties": False},
        {"type": "object", "propertyNames": {"pattern": "^x-"}, "additionalProperties": STR},
    ),
    **same("pattern-that-says-nothing", A, {**A, "patternProperties": {"^x-": {}}}),
    **same("member-that-can-have-no-value", _closed({"a": False, "b": STR}), _closed({"b": STR})),
    # Patterns of listed texts
    **same(
        "pattern-that-each-value-matches",
        {"type": "string", "enum": ["red", "green"]},
        {"type": "string", "enum": ["red", "green"], "pattern": "^[a-z]+$"},
    ),
    # Null and nothing else
    **apart(
        "null-beside-alternatives", {"const": 1.5}, {"const": None, "oneOf": [{"type": "boolean"}, {"maximum": 2}]}
    ),
    # Members and their names
    **same(
        "pattern-that-is-a-name",
        _closed({"a": STR, "b": INT}),
        {**_closed({"a": STR}), "patternProperties": {"^b$": INT}},
    ),
    **same(
        "pattern-of-two-names",
        _closed({"a": STR, "b": STR}),
        {"type": "object", "additionalProperties": False, "patternProperties": {"^(a|b)$": STR}},
    ),
    **_pairs(
        "pattern-of-fewer-names",
        {"type": "object", "additionalProperties": False, "patternProperties": {"^x-|^y-": STR}},
        {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": STR}},
        (BREAKS, TELLS),
        (TELLS, TELLS),  # an answer that may have other members
        {},
    ),
    **same(
        "pattern-of-names-in-two-spellings",
        {"type": "object", "patternProperties": {"^[0-9]+$": STR}},
        {"type": "object", "patternProperties": {r"^\d+$": STR}},
    ),
    **same(
        "all-members-by-number",
        _closed({"a": STR, "b": STR}) | {"minProperties": 2},
        _closed({"a": STR, "b": STR}) | {"required": ["a", "b"]},
    ),
    **narrower(
        "all-members-but-one-by-number",
        _closed({"a": STR, "b": STR}) | {"minProperties": 1},
        _closed({"a": STR, "b": STR}) | {"required": ["a", "b"]},
    ),
    **same(
        "no-members-by-number",
        {"type": "object", "maxProperties": 0},
        {"type": "object", "additionalProperties": False},
    ),
    **same("member-that-never-is", {"type": "object", "not": {"required": ["a"]}}, members({"a": False})),
    # Whole numbers and lists of them
    **same("whole-numbers-as-a-list", {**INT, "minimum": 1, "maximum": 3}, {"enum": [1, 2, 3]}),
    **same("steps-as-a-list", {**INT, "minimum": 0, "maximum": 20, "multipleOf": 10}, {"enum": [0, 10, 20]}),
}
"""Name -> the old document, the new one, and the verdict."""
