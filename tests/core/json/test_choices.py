"""The values of a closed list, however a schema writes it."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.json.choices import choices, with_choices

DOCUMENT = {"components": {"State": {"enum": ["open", "done"]}, "Again": {"oneOf": [{"$ref": "#/components/Again"}]}}}

LISTED: dict[str, tuple[Any, list[Any] | None]] = {
    "enum": ({"type": "string", "enum": ["a", "b"]}, ["a", "b"]),
    "const": ({"const": 1}, [1]),
    "behind-a-reference": ({"$ref": "#/components/State"}, ["open", "done"]),
    "one-of": ({"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]}, ["a", "b"]),
    "any-of": ({"type": "string", "anyOf": [{"const": "a"}, {"enum": ["b", "c"]}]}, ["a", "b", "c"]),
    "of-references": ({"anyOf": [{"$ref": "#/components/State"}, {"const": "late"}]}, ["open", "done", "late"]),
    "one-inside-another": ({"oneOf": [{"anyOf": [{"const": "a"}]}, {"const": "b"}]}, ["a", "b"]),
    "beside-null": ({"oneOf": [{"const": "a"}, {"type": "null"}]}, ["a", None]),
    "each-once": ({"anyOf": [{"const": 1}, {"enum": [1, True]}]}, [1, True]),
    "one-takes-others": ({"anyOf": [{"const": "a"}, {"type": "string"}]}, None),
    "no-list": ({"type": "string"}, None),
    "no-alternatives": ({"oneOf": []}, None),
    "behind-itself": ({"$ref": "#/components/Again"}, None),
    "reference-to-nothing": ({"$ref": "#/nowhere"}, None),
    "true": (True, None),
}


@pytest.mark.parametrize("name", LISTED)
def test_what_is_listed(name: str) -> None:
    """All values that may be, in their order; nothing where others may be, too."""
    schema, expected = LISTED[name]

    assert choices(DOCUMENT, schema) == expected


def test_a_list_is_written_in_one_way() -> None:
    """Whatever else a schema says stays; what lists nothing, or says it as `enum`, is the same."""
    written = with_choices({}, {"type": "string", "title": "T", "oneOf": [{"const": "a"}, {"const": "b"}]})

    assert written == {"type": "string", "title": "T", "enum": ["a", "b"]}
    for same in ({"type": "string"}, {"enum": ["a"]}, True):
        assert with_choices({}, same) is same
