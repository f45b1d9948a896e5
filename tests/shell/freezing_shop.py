"""A shop with a policy file and contracts that are not frozen yet, and freezes of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from pytest_apiversion.shell.comparison.freeze import freeze_command

POLICY = """
[api]
name = "Shop"
base_url = "${SHOP_URL}"
[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/api/{version}" }
[versions.v1]
contract = "v1.yaml"
[versions.v2]
contract = "contracts/v2.json"
preview = true
"""


def document(*, version: str = "v1", required: bool = False, more: bool = False) -> dict[str, Any]:
    """A document with one parameter, which may be required, and perhaps an operation more."""
    limit = {"name": "limit", "in": "query", "required": required, "schema": {"type": "integer"}}
    operation = {"parameters": [limit], "responses": {"200": {"description": "ok"}}}
    paths: dict[str, Any] = {f"/api/{version}/things": {"get": operation}}
    if more:
        paths[f"/api/{version}/others"] = {"get": operation}
    return {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": paths}


def run(source: str, policy: Path, version: str = "v1", **more: Any) -> tuple[int, str, str]:
    """The command's answer, what it wrote, and what it complained of."""
    out, errors = io.StringIO(), io.StringIO()
    told = {"form": "text", "stdin": io.BytesIO(), **more}
    return freeze_command(source, policy, version, out=out, errors=errors, **told), out.getvalue(), errors.getvalue()


def files(policy: Path) -> dict[str, bytes]:
    """Every file beside the policy, by its path from there."""
    folder = policy.parent
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def shop(folder: Path) -> Path:
    """A policy file whose contracts are not there yet, and whose variables nobody set."""
    path = folder / "shop" / "apiversion.toml"
    path.parent.mkdir()
    path.write_text(POLICY, "utf-8")
    return path
