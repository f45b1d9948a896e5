"""No value is drawn from a pattern that may take for ever."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.shell.generation import drawn_components


@pytest.mark.parametrize(
    ("pattern", "kept"), [("^[a-z0-9]+(-[a-z0-9]+)*$", True), ("^([a-z]+ ?)+$", False), ("^[a-z]+$", True)]
)
def test_what_the_drawing_libraries_are_given(pattern: str, *, kept: bool) -> None:
    """A pattern that can be read in many ways is left out, wherever it stands; values that only look like schemas are not touched."""
    schema: dict[str, Any] = {
        "properties": {name: {"type": "string", "pattern": pattern} for name in ("pattern", "default", "enum")},
        "enum": [{"pattern": pattern}],
        "anyOf": [{"pattern": pattern}],
    }

    found = drawn_components.without_endless(schema)

    assert [("pattern" in part) is kept for part in found["properties"].values()] == [True] * 3
    assert ("pattern" in found["anyOf"][0]) is kept
    assert found["enum"] == schema["enum"]
