"""A FastAPI application and the contract it exports, neither of them corrected: what clients may send is what it accepts."""

from __future__ import annotations

import json
from pathlib import Path

from tests.frameworks.fastapi_app import fastapi_app
from tests.frameworks.serving import serving_asgi
from tests.shell.running import Result, run_file

POLICY = """
[api]
name = "Shop"
base_url = "${SHOP_URL}"

[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/api/{version}" }

[versions.v1]
contract = "v1.openapi.json"

[operations.rules."PATCH /orders"]
harmless = true
"""


def run(folder: Path, *, whole_pages: bool = False) -> Result:
    """Hold the application to the contract it exports."""
    (folder / "apiversion.toml").write_text(POLICY, "utf-8")
    (folder / "v1.openapi.json").write_text(json.dumps(fastapi_app().openapi()), "utf-8")
    with serving_asgi(fastapi_app(whole_pages=whole_pages)) as url:
        return run_file(folder / "apiversion.toml", {"SHOP_URL": url}, max_examples=24)


def test_no_false_alarm(tmp_path: Path) -> None:
    """Null and empty values that cannot be written, files, and members nobody named raise no finding; every body is reached."""
    result = run(tmp_path)

    assert result.said == []
    assert [line for line in result.barren if "places" not in line] == []


def test_a_narrowed_parameter_is_found(tmp_path: Path) -> None:
    """The same requests do find a value that is no longer taken."""
    result = run(tmp_path, whole_pages=True)

    assert [(finding.code, finding.operation) for finding in result.findings] == [("AV302", "GET /things")]
