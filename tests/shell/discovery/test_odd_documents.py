"""`apiversion init` on documents that are not as they should be: read as far as they go, or refused in sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from pytest_apiversion.cli import main
from tests.apps.kit import serving
from tests.shell.servers.kit import document

PAGE = Response("<html></html>", content_type="text/html")


@pytest.mark.parametrize(
    ("operation", "more"),
    [
        pytest.param({"responses": {"200": {"description": "", "content": True}}}, {}, id="content"),
        pytest.param({"produces": 5}, {}, id="produces"),
        pytest.param({"security": [5, {"$ref": "#/x-row"}]}, {"x-row": {"K": []}}, id="rows-of-security"),
        pytest.param({"security": True}, {}, id="security"),
        pytest.param({"parameters": 5}, {}, id="parameters"),
        pytest.param({"parameters": [{"in": [], "name": "v"}, {"in": "query", "name": {}}]}, {}, id="places-and-names"),
        pytest.param(
            {"parameters": [{"in": "query", "name": "version", "schema": {"enum": 5}}]}, {}, id="values-of-a-parameter"
        ),
        pytest.param({}, {"servers": {"url": "/api"}}, id="servers"),
    ],
)
def test_an_odd_document_is_no_traceback(operation: dict[str, Any], more: dict[str, Any], tmp_path: Path) -> None:
    """A wrong kind of value stands for nothing where the first look reads it."""
    described = {"responses": {"200": {"description": ""}}, **operation}
    source = tmp_path / "odd.json"
    source.write_text(json.dumps({**document({"/v1/a": {"get": described}}), **more}), "utf-8")
    with serving(PAGE) as url:
        assert main(["init", str(source), "--base-url", url, "--policy", str(tmp_path / "p.toml"), "--no-run"]) in {
            0,
            2,
        }
