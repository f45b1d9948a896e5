"""Contracts as a run compares them: what is read for checks is compared as it is, and stays as it is."""

from __future__ import annotations

import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.shell.comparison.version_steps import Steps
from pytest_apiversion.shell.target.load import load_target

POLICY = """
[api]
name = "Shop"
base_url = "http://127.0.0.1:9"
[versioning]
scheme = "semver"
carriers = ["path"]
path = { template = "/api/{version}" }
[versions."1.0.0"]
contract = "CONTRACT"
[versions."1.1.0"]
contract = "OTHER"
"""


def swagger(version: str, *, required: bool) -> dict[str, Any]:
    """A Swagger document of one version."""
    parameter = {"name": "q", "in": "query", "type": "string", "required": required}
    body = {"name": "b", "in": "body", "schema": {"type": "object", "properties": {"x": {"x-nullable": True}}}}
    get = {"parameters": [parameter, body], "responses": {"200": {"description": "x"}}}
    return {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": {f"/api/{version}/a": {"post": get}}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A policy of two versions that are Swagger documents."""
    (tmp_path / "apiversion.toml").write_text(
        POLICY.replace("CONTRACT", "1.0.0.json").replace("OTHER", "1.1.0.json"), "utf-8"
    )
    for version, required in (("1.0.0", False), ("1.1.0", True)):
        (tmp_path / f"{version}.json").write_text(json.dumps(swagger(version, required=required)), "utf-8")
    return tmp_path


def test_swagger_contracts_are_compared_and_left_alone(folder: Path) -> None:
    """What is read once for the checks is upgraded for the comparison in a copy."""
    target = load_target(folder / "apiversion.toml", {})
    before = copy.deepcopy({name: dict(each.document) for name, each in target.contracts.items()})
    (step,) = Steps(target.policy, target.document, dt.date(2026, 11, 20)).to("1.1.0")

    assert [change.rule.id for change in step.changes] == ["request-parameter-became-required"]
    assert {name: dict(each.document) for name, each in target.contracts.items()} == before


def test_one_document_of_two_versions_is_compared_by_what_is_each_ones(folder: Path) -> None:
    """Where both versions have one document, the operations of one are compared with those of the other."""
    both = swagger("1.0.0", required=False)
    both["paths"] |= swagger("1.1.0", required=True)["paths"]
    (folder / "both.json").write_text(json.dumps(both), "utf-8")
    (folder / "apiversion.toml").write_text(
        POLICY.replace("CONTRACT", "both.json").replace("OTHER", "both.json"), "utf-8"
    )
    target = load_target(folder / "apiversion.toml", {})
    (step,) = Steps(target.policy, target.document, dt.date(2026, 11, 20)).to("1.1.0")

    assert [(change.rule.id, change.operations) for change in step.changes] == [
        ("request-parameter-became-required", ("POST /api/1.1.0/a",))
    ]
