"""Parameters whose format nobody knows."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.shell.json_schema.unknown_formats import without_unknown_formats

MASK = {"type": "string", "format": "mask"}
COMPONENTS = {"#/components/schemas/Mask": MASK}


@pytest.mark.parametrize(
    ("schema", "required", "sent"),
    [
        pytest.param(MASK, False, False, id="an unknown format"),
        pytest.param({"anyOf": [MASK, {"type": "null"}]}, False, False, id="or null"),
        pytest.param({"type": ["string", "null"], "format": "mask"}, False, False, id="or null, in one schema"),
        pytest.param({"type": "array", "items": MASK}, False, False, id="in a list"),
        pytest.param({"$ref": "#/components/schemas/Mask"}, False, False, id="behind a reference"),
        pytest.param(MASK, True, True, id="required"),
        pytest.param({**MASK, "pattern": "^[a-z]+$"}, False, True, id="a pattern says which"),
        pytest.param({"type": "string", "format": "uuid"}, False, True, id="a known format"),
        pytest.param({"type": "string", "format": "password"}, False, True, id="a format of any text"),
        pytest.param({"type": "integer", "format": "epoch"}, False, True, id="a number"),
        pytest.param({"type": "string"}, False, True, id="no format"),
    ],
)
def test_what_is_drawn(schema: dict[str, Any], *, required: bool, sent: bool) -> None:
    """A parameter that may be left out is, where its contract does not say which texts it takes."""
    parameter = {"name": "X-Fields", "in": "header", "required": required, "schema": schema}

    assert without_unknown_formats(COMPONENTS.__getitem__, [parameter]) == ([parameter] if sent else [])


def test_what_a_suite_taught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that a suite told schemathesis how to draw is known."""
    formats = pytest.importorskip("schemathesis.specs.openapi.formats")
    monkeypatch.setitem(formats.STRING_FORMATS, "mask", None)
    parameter = {"name": "X-Fields", "in": "header", "required": False, "schema": MASK}

    assert without_unknown_formats(COMPONENTS.__getitem__, [parameter]) == [parameter]
