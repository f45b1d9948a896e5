"""`apiversion replay`: a finding's requests again, and whether it still shows."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion import cli
from tests.plugin.conftest import Small


@pytest.fixture(autouse=True)
def _forks(python: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run that the command starts is a fork of what has imported everything."""
    monkeypatch.setattr(sys, "executable", python)


SAME = ("--hypothesis-seed=7", "--apiversion-max-examples=1", "--apiversion-json=run.json")


def _report(small: Small) -> tuple[Path, str]:
    """A red run's report, and the fingerprint of its finding."""
    small.run(*SAME)
    file = small.pytester.path / "run.json"
    policy: dict[str, Any] = json.loads(file.read_bytes())["policies"][0]
    return file, policy["findings"][0]["fingerprint"]


def test_a_finding_that_still_shows(buggy: Small, capsys: pytest.CaptureFixture[str]) -> None:
    """The item of the finding is asked again, and nothing else of the policy; exit 1."""
    file, name = _report(buggy)
    buggy.api.requests.clear()
    capsys.readouterr()

    assert cli.main(["replay", str(file), name[:6]]) == 1

    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"{name} AV301 v2 GET /things: ")
    assert said[1].startswith("  repeat    curl ")
    assert said[-1].startswith("still shows: 200 (application/json)")
    assert "seed 7, as of 2026-06-01T00:00:00Z)" in said[-1]
    assert {each.partition("?")[0] for each in buggy.api.requests if "/v1" not in each} >= {"GET /v2/things"}
    assert not [each for each in buggy.api.requests if each.startswith("POST")]


def test_a_finding_that_is_mended(buggy: Small, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the promise was held by the same item, the finding is gone; exit 0."""
    file, name = _report(buggy)
    buggy.api.bugs = frozenset()
    capsys.readouterr()

    assert cli.main(["replay", str(file), name]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("no longer shows (")


def test_what_cannot_be_told(buggy: Small, capsys: pytest.CaptureFixture[str]) -> None:
    """A service that is not there does not count as mended; exit 2."""
    file, name = _report(buggy)
    capsys.readouterr()

    assert cli.main(["replay", str(file), name, "--", "--apiversion-base-url=http://127.0.0.1:9"]) == 2
    assert "it cannot be told: " in capsys.readouterr().err


def test_what_there_is(buggy: Small, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name all are listed; a name that nothing has, and a file that is none, are told."""
    file, name = _report(buggy)
    capsys.readouterr()

    assert cli.main(["replay", str(file)]) == 0
    assert capsys.readouterr().out.startswith(f"{name} AV301 v2 GET /things: ")
    assert cli.main(["replay", str(file), "ffff0000"]) == 2
    assert "no finding is named so" in capsys.readouterr().err
    assert cli.main(["replay", str(file.parent / "v1.json"), "ffff"]) == 2
    assert "expected a file that --apiversion-json" in capsys.readouterr().err
