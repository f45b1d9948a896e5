"""A version's own name, where the policy has it stand, is no change between versions."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.shell.comparison.version_steps import Steps
from pytest_apiversion.shell.target.load import load_target

_POLICY = """
[api]
name = "Shop"
base_url = "http://127.0.0.1:9"
[versioning]
scheme = "semver"
carriers = ["header"]
header = { name = "X-V" }
echo = ECHO
[versions."1.0.0"]
contract = "1.0.0.json"
[versions."1.0.1"]
contract = "1.0.1.json"
"""
_HEADER, _BODY = '{ header = "X-Served" }', '{ body = "/meta/version" }'


def _contract(version: str, *, asked: Any = None, served: Any = None, said: Any = None, other: Any = None) -> Any:
    """A document in which a version's name stands in all its places, and a text of no meaning beside it."""
    text = {"type": "string"}
    body = {"type": "object", "properties": {"version": said or text, "kind": other or text}}
    header = {"X-Served": {"required": True, "schema": served or text}}
    content = {"application/json": {"schema": {"type": "object", "properties": {"meta": body}}}}
    get = {
        "parameters": [{"name": "X-V", "in": "header", "required": True, "schema": asked or text}],
        "responses": {"200": {"description": "x", "headers": header, "content": content}},
    }
    return {"openapi": "3.1.0", "info": {"title": "T", "version": version}, "paths": {"/things": {"get": get}}}


def _enum(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _changes(folder: Path, echo: str, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """The rules of what a step from 1.0.0 to 1.0.1 carries beyond what it may."""
    (folder / "apiversion.toml").write_text(_POLICY.replace("ECHO", echo), "utf-8")
    for version, parts in (("1.0.0", old), ("1.0.1", new)):
        (folder / f"{version}.json").write_text(json.dumps(_contract(version, **parts)), "utf-8")
    target = load_target(folder / "apiversion.toml", {})
    (step,) = Steps(target.policy, target.document, dt.date(2026, 11, 20)).to("1.0.1")
    return [change.rule.id for change in step.changes]


@pytest.mark.parametrize(
    ("echo", "place"),
    [
        pytest.param(_HEADER, "asked", id="the-carrier"),
        pytest.param(_HEADER, "served", id="the-echo"),
        pytest.param(_BODY, "said", id="the-echo-in-a-body"),
    ],
)
@pytest.mark.parametrize("form", ["enum", "const", "default"])
def test_its_own_name_is_no_change(tmp_path: Path, echo: str, place: str, form: str) -> None:
    """As an enum, a constant or a default, in the parameter that selects it and where answers repeat it."""

    def names(version: str) -> dict[str, Any]:
        return {place: _enum(version) if form == "enum" else {"type": "string", form: version}}

    assert _changes(tmp_path, echo, names("1.0.0"), names("1.0.1")) == []


@pytest.mark.parametrize(
    ("echo", "old", "new", "expected"),
    [
        pytest.param(
            _HEADER,
            {"asked": _enum("1.0.0", "beta")},
            {"asked": _enum("1.0.1")},
            ["request-enum-value-removed"],
            id="another-value-of-the-carrier",
        ),
        pytest.param(
            _BODY,
            {"other": _enum("1.0.0")},
            {"other": _enum("1.0.1")},
            ["response-enum-value-added", "response-enum-value-removed"],
            id="where-no-version-stands",
        ),
        pytest.param(
            _HEADER,
            {"said": _enum("1.0.0")},
            {"said": _enum("1.0.1")},
            ["response-enum-value-added", "response-enum-value-removed"],
            id="where-the-policy-names-no-echo",
        ),
    ],
)
def test_another_value_is_a_change(
    tmp_path: Path, echo: str, old: dict[str, Any], new: dict[str, Any], expected: list[str]
) -> None:
    """Only the names of the versions that are compared are left out, and only where the policy has them stand."""
    assert sorted(_changes(tmp_path, echo, old, new)) == expected
