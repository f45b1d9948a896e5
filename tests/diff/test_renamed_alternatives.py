"""Whether one alternative only has another's name is a question that costs no more than there are schemas."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import OK, changes, document

LEVELS, ALTERNATIVES = 14, 3


def nested(word: str, kind: str) -> dict[str, Any]:
    """Alternatives in alternatives, told apart by names that begin with a word; the innermost member is of a kind."""
    schemas: dict[str, Any] = {f"L{LEVELS}": {"type": kind}}
    for level in range(LEVELS):
        names = [f"{word}{level}x{number}" for number in range(ALTERNATIVES)]
        schemas[f"L{level}"] = {
            "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in names],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {name: f"#/components/schemas/{name}" for name in names},
            },
        }
        for number, name in enumerate(names):
            members = {"kind": {"type": "string"}, f"m{number}": {"$ref": f"#/components/schemas/L{level + 1}"}}
            schemas[name] = {"type": "object", "required": ["kind"], "properties": members}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/L0"}}}
    return document(
        {"/a": {"post": {"requestBody": {"content": content}, "responses": OK}}}, components={"schemas": schemas}
    )


def test_names_at_every_level_are_compared_in_time() -> None:
    """Alternatives that have new names at each of many levels are compared level by level, and not in every combination."""
    found = changes(nested("A", "string"), nested("B", "boolean"))

    assert any(change.rule.id.startswith("request-discriminator-mapping") for change in found)
