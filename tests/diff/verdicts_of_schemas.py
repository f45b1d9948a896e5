"""What schemas do to a client."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import answered, sent
from tests.diff.verdict_parts import (
    BREAKS,
    INT,
    NAMED,
    SILENT,
    STR,
    TELLS,
    WARNS,
    answers_one_of,
    members,
    reference,
    takes_one_of,
)

SCHEMAS: dict[str, tuple[Any, Any, str]] = {
    "ref-siblings-30-ignored": (
        answered({"$ref": "#/components/schemas/X"}, "3.0.3", X=STR),
        answered({"$ref": "#/components/schemas/X", "minLength": 1}, "3.0.3", X=STR),
        SILENT,
    ),
    "ref-siblings-31-count": (
        sent({"$ref": "#/components/schemas/X"}, "3.1.0", X=STR),
        sent({"$ref": "#/components/schemas/X", "minLength": 1}, "3.1.0", X=STR),
        BREAKS,
    ),
    "nullable-30-enum-no-null-31": (
        answered({"type": "string", "nullable": True, "enum": ["a"]}, "3.0.3"),
        answered({"type": ["string", "null"], "enum": ["a", None]}, "3.1.0"),
        SILENT,
    ),
    "nullable-30-enum-that-never-had-null": (
        sent({"type": "string", "nullable": True, "enum": ["a"]}, "3.0.3"),
        sent({"type": "string", "enum": ["a"]}, "3.0.3"),
        SILENT,
    ),
    "nullable-30-anyof": (
        answered({"type": "object", "nullable": True, "properties": {"a": STR}}, "3.0.3"),
        answered({"anyOf": [{"type": "object", "properties": {"a": STR}}, {"type": "null"}]}, "3.1.0"),
        SILENT,
    ),
    "nullable-without-type-30": (
        answered({"nullable": True, "allOf": [{"type": "object"}]}, "3.0.3"),
        answered({"nullable": True, "allOf": [{"type": "object"}]}, "3.0.3"),
        SILENT,
    ),
    "int32-int64-req": (
        sent({"type": "integer", "format": "int32"}),
        sent({"type": "integer", "format": "int64"}),
        TELLS,
    ),
    "int32-int64-resp": (
        answered({"type": "integer", "format": "int32"}),
        answered({"type": "integer", "format": "int64"}),
        BREAKS,
    ),
    "format-date-date-time-req": (sent({**STR, "format": "date"}), sent({**STR, "format": "date-time"}), BREAKS),
    "format-uuid-removed-resp": (answered({**STR, "format": "uuid"}), answered(STR), BREAKS),
    "format-uuid-added-req": (sent(STR), sent({**STR, "format": "uuid"}), BREAKS),
    "format-uuid-added-resp": (answered(STR), answered({**STR, "format": "uuid"}), TELLS),
    "number-format-float-double-resp": (
        answered({"type": "number", "format": "float"}),
        answered({"type": "number", "format": "double"}),
        BREAKS,
    ),
    "exclmin-bool-number": (
        sent({"type": "integer", "minimum": 1, "exclusiveMinimum": True}, "3.0.3"),
        sent({"type": "integer", "exclusiveMinimum": 1}, "3.1.0"),
        SILENT,
    ),
    "ro-required-added-req": (
        sent(members({})),
        sent(members({"a": {**STR, "readOnly": True}}, required=["a"])),
        SILENT,
    ),
    "wo-required-removed-resp": (
        answered(members({"a": {**STR, "writeOnly": True}}, required=["a"])),
        answered(members({})),
        SILENT,
    ),
    "became-ro-req": (sent(members({"a": STR})), sent(members({"a": {**STR, "readOnly": True}})), TELLS),
    "became-ro-required-req": (
        sent(members({"a": STR}, required=["a"])),
        sent(members({"a": {**STR, "readOnly": True}}, required=["a"])),
        TELLS,
    ),
    "became-wo-resp-required": (
        answered(members({"a": STR}, required=["a"])),
        answered(members({"a": {**STR, "writeOnly": True}}, required=["a"])),
        WARNS,
    ),
    "required-prop-with-default-added": (
        sent(members({})),
        sent(members({"a": {**STR, "default": "x"}}, required=["a"])),
        BREAKS,
    ),
    "became-required-with-default": (
        sent(members({"a": {**STR, "default": "x"}})),
        sent(members({"a": {**STR, "default": "x"}}, required=["a"])),
        BREAKS,
    ),
    "addl-closed-req": (sent(members({"a": STR})), sent(members({"a": STR}, additionalProperties=False)), BREAKS),
    "addl-closed-resp": (
        answered(members({"a": STR})),
        answered(members({"a": STR}, additionalProperties=False)),
        TELLS,
    ),
    "addl-opened-resp": (
        answered(members({"a": STR}, additionalProperties=False)),
        answered(members({"a": STR})),
        TELLS,
    ),
    "addl-true-absent": (
        answered(members({"a": STR}, additionalProperties=True)),
        answered(members({"a": STR})),
        SILENT,
    ),
    "addl-absent": (answered(members({"a": STR}, additionalProperties={})), answered(members({"a": STR})), SILENT),
    "closed-req-optional-prop-removed": (
        sent(members({"a": STR, "b": STR}, additionalProperties=False)),
        sent(members({"a": STR}, additionalProperties=False)),
        BREAKS,
    ),
    "closed-resp-optional-prop-added": (
        answered(members({"a": STR}, additionalProperties=False)),
        answered(members({"a": STR, "b": STR}, additionalProperties=False)),
        TELLS,
    ),
    "addl-schema-closed-prop-added-typed-other": (
        sent(members({}, additionalProperties=STR)),
        sent(members({"a": INT}, additionalProperties=STR)),
        BREAKS,
    ),
    "patternprops-vs-props": (
        sent(members({}, patternProperties={"^x": STR}, additionalProperties=False)),
        sent(members({"xa": INT}, patternProperties={"^x": STR}, additionalProperties=False)),
        BREAKS,
    ),
    "allof-overlap-required": (
        sent({"allOf": [members({"a": STR}), members({"b": STR}, required=["a"])]}),
        sent(members({"a": STR, "b": STR}, required=["a"])),
        SILENT,
    ),
    "allof-min": (sent({"allOf": [{"minLength": 1}, {"minLength": 3}]}), sent({"minLength": 3}), SILENT),
    "allof-enum-intersect": (
        sent({"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}),
        sent({"enum": ["b"]}),
        SILENT,
    ),
    "oneof-in-anyof-that-refuses": (
        sent({"anyOf": [{"type": ["string", "boolean"]}, {"type": "boolean"}]}, "3.1.0"),
        sent({"anyOf": [{"oneOf": [{"enum": [2, "ab"]}, STR]}, {"type": "boolean"}]}, "3.1.0"),
        BREAKS,
    ),
    "oneof-in-anyof-whose-refusals-are-taken-elsewhere": (
        sent({"anyOf": [INT, {"type": "number"}]}),
        sent({"anyOf": [{"oneOf": [{"type": "integer", "minimum": 0}, INT]}, {"type": "number"}]}),
        SILENT,
    ),
    "oneof-order": (sent({"oneOf": [STR, members({"a": STR})]}), sent({"oneOf": [members({"a": STR}), STR]}), SILENT),
    "discriminator-implicit-vs-explicit": (
        answers_one_of(),
        answers_one_of(mapping={"A": "#/components/schemas/A", "B": "#/components/schemas/B"}),
        SILENT,
    ),
    "mapping-bare-names-vs-refs": (
        answers_one_of(mapping={"A": "A", "B": "B"}),
        answers_one_of(mapping={"A": "#/components/schemas/A", "B": "#/components/schemas/B"}),
        SILENT,
    ),
    "mapping-implicit-dropped-req": (
        takes_one_of(),
        takes_one_of(mapping={"A": "#/components/schemas/A", "B": "#/components/schemas/B"}),
        SILENT,
    ),
    "mapping-removed-explicit-same-as-implicit": (
        takes_one_of(mapping={"A": "#/components/schemas/A"}),
        takes_one_of(),
        SILENT,
    ),
    "ext-enum-rem-req": (
        sent({**STR, "x-extensible-enum": ["a", "b"]}),
        sent({**STR, "x-extensible-enum": ["a"]}),
        BREAKS,
    ),
    "ext-enum-add-resp": (
        answered({**STR, "x-extensible-enum": ["a", "b"]}),
        answered({**STR, "x-extensible-enum": ["a", "b", "c"]}),
        TELLS,
    ),
    "enum-becomes-ext-resp": (
        answered({**STR, "enum": ["a", "b"]}),
        answered({**STR, "x-extensible-enum": ["a", "b"]}),
        WARNS,
    ),
    "req-nonro-required": (
        sent(members({"a": {**STR, "readOnly": True}}, required=["a"])),
        sent(members({"a": STR}, required=["a"])),
        BREAKS,
    ),
    "multipleof-10-5": (sent({**INT, "multipleOf": 10}), sent({**INT, "multipleOf": 5}), TELLS),
    "title-only": (sent({**STR, "title": "x", "description": "d", "example": "e"}), sent(STR), SILENT),
    "pattern-anchors": (sent({**STR, "pattern": "^.*$"}), sent(STR), SILENT),
    "empty-required": (sent(members({"a": STR}, required=[])), sent(members({"a": STR})), SILENT),
    "minlength-0": (sent({**STR, "minLength": 0}), sent(STR), SILENT),
    "uniqueitems-false": (
        sent({"type": "array", "items": STR, "uniqueItems": False}),
        sent({"type": "array", "items": STR}),
        SILENT,
    ),
    "nullable-false": (sent({**STR, "nullable": False}, "3.0.3"), sent(STR, "3.0.3"), SILENT),
    "type-list-of-one": (sent({"type": ["string"]}), sent(STR), SILENT),
    "const-vs-enum": (sent({"const": "a"}), sent({"enum": ["a"]}), SILENT),
    "anyof-one": (sent({"anyOf": [STR]}), sent(STR), SILENT),
    "oneof-one-ref": (
        sent({"oneOf": [reference("A")]}, "3.1.0", **NAMED),
        sent(reference("A"), "3.1.0", **NAMED),
        SILENT,
    ),
    "items": (sent({"type": "array", "items": {}}), sent({"type": "array"}), SILENT),
    "maxlength-added-but-enum-short": (
        sent({**STR, "enum": ["a"]}),
        sent({**STR, "enum": ["a"], "maxLength": 5}),
        SILENT,
    ),
    "minimum-implied-by-enum": (sent({**INT, "enum": [1, 2]}), sent({**INT, "enum": [1, 2], "minimum": 1}), SILENT),
    "required-undeclared": (sent(members({"a": STR})), sent(members({"a": STR}, required=["zz"])), WARNS),
    "type-added-to-enum": (sent({"enum": ["a"]}), sent({**STR, "enum": ["a"]}), SILENT),
    "const-object": (sent({"const": {"a": 1}}), sent({"enum": [{"a": 1.0}]}), SILENT),
    "const-enum-resp-const-enum-with-more": (answered({"const": "a"}), answered({"enum": ["a", "b"]}), WARNS),
    "limit-that-means-nothing-raised": (
        answered({"type": "array", "maximum": 5}),
        answered({"type": "array", "maximum": 6}),
        BREAKS,
    ),
    "limit-of-another-type-comes-with-it": (sent(STR), sent({"type": ["string", "array"], "maxItems": 6}), TELLS),
    "alternative-that-the-type-forbids": (
        answered({"type": "string", "oneOf": [{"type": "boolean"}, {"type": "string", "maxLength": 3}]}),
        answered({"type": "boolean"}),
        BREAKS,
    ),
}
"""Id -> the old document, the new one, and the verdict."""
