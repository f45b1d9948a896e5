"""Values at the edges of what members may be."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.shell.sequences.edge_values import least, most, nothing, odd, parts

TEXT: dict[str, Any] = {"type": "string", "maxLength": 8}
DAY: dict[str, Any] = {"type": "string", "format": "date"}
ROWS: dict[str, tuple[Any, dict[str, Any], Any, list[Any]]] = {
    "least-number": (least, {"type": "integer"}, 7, [0]),
    "least-truth": (least, {"type": "boolean"}, True, [False]),
    "first-choice": (least, {"type": "string", "enum": ["a", "b"]}, "b", ["a"]),
    "empty-list": (least, {"type": "array", "items": TEXT}, ["a"], [[]]),
    "no-empty-text": (least, TEXT, "a", []),
    "largest": (most, {"type": "number", "maximum": 9999999.99}, 7, [9999999.99]),
    "largest-of-64-bits": (most, {"type": "integer", "format": "int64"}, 7, [2**53 - 1]),
    "no-limit-is-known": (most, {"type": "integer"}, 7, []),
    "a-limit-that-readers-of-json-round": (most, {"type": "integer", "maximum": 2**63 - 1}, 7, []),
    "most-truth": (most, {"type": "boolean"}, False, [True]),
    "last-choice": (most, {"type": "string", "enum": ["a", "b"]}, "a", ["b"]),
    "longest": (most, TEXT, "abc", ["abcééééé"]),
    "no-length-is-known": (most, {"type": "string"}, "abc", []),
    "a-form-has-no-longest": (most, {**TEXT, "format": "email"}, "abc", []),
    "fractions": (odd, {"type": "number"}, 7, [4.35, 0.29, 1.1]),
    "no-fractions-of-whole-numbers": (odd, {"type": "integer"}, 7, []),
    "letters": (odd, TEXT, "abc", ["abc Zoë & Ann's 漢字 😀"]),
    "leap-day": (odd, {"type": "string", "format": "date"}, "2026-01-01", ["2024-02-29"]),
    "choices-are-not-odd": (odd, {"type": "string", "enum": ["a"]}, "a", []),
    "null": (nothing, {"type": "string", "nullable": True}, "a", [None]),
    "two-elements": (
        parts,
        {"type": "array", "parts": {"name": TEXT, "count": {"type": "integer", "minimum": 5}, "day": DAY}},
        [{"name": "a", "day": "2026-01-01"}],
        [
            [{"name": "half moon", "count": 5}, {"name": "late zeta", "count": 6}],
            [
                {"name": "half moon", "count": 5, "day": "2026-01-01"},
                {"name": "late zeta", "count": 6, "day": "2026-01-01"},
            ],
            [{"name": "half moon", "day": "2026-01-01"}],
        ],
    ),
    "two-names": (
        parts,
        {"type": "object", "parts": {"": {"type": "boolean"}}},
        None,
        [{"moon": True, "zeta": False}, {"moon": True}],
    ),
    "no-null": (nothing, {"type": "string", "nullable": False}, "a", []),
}


@pytest.mark.parametrize(("edge", "schema", "present", "values"), ROWS.values(), ids=ROWS)
def test_an_edge_is_what_a_store_gets_wrong(edge: Any, schema: dict[str, Any], present: Any, values: list[Any]) -> None:
    """Each kind of member has its own, and what the contract does not limit has no largest."""
    assert [*edge(schema, present)] == values
