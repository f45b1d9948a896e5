"""What is drawn for a version that does not answer any more."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.target.load import load_target

_POLICY = """
[api]
name = "Ended"
base_url = "http://127.0.0.1:9"

[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/{version}" }

[requests]
max_examples = 4

[sunset]
status = 410

[versions.v1]
contract = "v1.json"
sunset = 2022-01-01
successor = "v2"

[versions.v2]
contract = "v2.json"
"""
_BODY = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 9}}}
_POST = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": _BODY}}},
    "responses": {"201": {"description": ""}},
}


def _runner(folder: Path) -> Runner:
    for version in ("v1", "v2"):
        document = {
            "openapi": "3.1.0",
            "info": {"title": "Ended", "version": version},
            "servers": [{"url": f"/{version}"}],
            "paths": {"/things": {"post": _POST}},
        }
        (folder / f"{version}.json").write_text(json.dumps(document), "utf-8")
    (folder / "apiversion.toml").write_text(_POLICY, "utf-8")
    as_of = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    return Runner(target=load_target(folder / "apiversion.toml", {}), run=Run(as_of=as_of, seed=1))


def test_nothing_that_breaks_the_contract_is_drawn_after_a_sunset(tmp_path: Path) -> None:
    """A version after its sunset draws what its contract accepts, the same as a version that answers, and nothing that breaks it."""
    ended, living = _runner(tmp_path), _runner(tmp_path)
    sunset = ended.trials.requests.cases("v1", ended.operations("v1")[0])
    answering = living.trials.requests.cases("v2", living.operations("v2")[0])
    assert {case.aim for case in sunset} == {Aim.UNKNOWN_DATA}
    assert Aim.REFUSED in {case.aim for case in answering}
    assert sunset == tuple(case for case in answering if case.aim is Aim.UNKNOWN_DATA)


def test_what_was_drawn_for_a_version_that_answers_is_not_drawn_again(tmp_path: Path) -> None:
    """Of one shape, what was drawn for a version that answers serves the one after its sunset too."""
    runner = _runner(tmp_path)
    runner.trials.requests.cases("v2", runner.operations("v2")[0])
    runner.trials.requests.cases("v1", runner.operations("v1")[0])
    assert len(runner.drawn) == 1
