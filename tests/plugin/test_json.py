"""The run as JSON: what the page says, for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.plugin.conftest import Small
from tests.plugin.small_api import SECRET


def report(small: Small) -> Any:
    """What was written."""
    return json.loads((small.pytester.path / "out" / "run.json").read_text("utf-8"))


def test_verdicts_and_findings(buggy: Small) -> None:
    """Every verdict, every finding with what repeats it, every item; no key in any of it."""
    buggy.run("--apiversion-json=out/run.json", "--hypothesis-seed=7")

    said = report(buggy)
    (policy,) = said["policies"]
    verdicts = {(row["code"], row["version"]): row["verdict"] for row in policy["promises"]}
    assert (said["format"], said["seed"], said["as_of"]) == (1, 7, "2026-06-01T00:00:00Z")
    assert policy["versions"] == {"v1": "deprecated", "v2": "live"}
    assert [code for code, word in verdicts.items() if word == "broken"] == [("AV301", "v2")]
    assert verdicts["AV501", "v1"] == "held"
    assert ("AV501", "v2") not in verdicts
    (finding,) = policy["findings"]
    assert (finding["code"], finding["operation"]) == ("AV301", "GET /things")
    assert finding["reproduce"].startswith("curl ")
    assert {(row["version"], row["item"]) for row in policy["items"]} >= {("v2", "GET /things"), ("v1", "router")}
    assert SECRET not in json.dumps(said)


def test_what_did_not_run_is_not_claimed(small: Small) -> None:
    """In a part of a run, what nothing exercised is called not run."""
    small.run("--apiversion-json=out/run.json", "-k", "v1 and router")

    (policy,) = report(small)["policies"]
    assert "not run" in {row["verdict"] for row in policy["promises"] if row["version"] == "v1"}


def test_a_file_that_cannot_be_written(small: Small) -> None:
    """The page is printed, the mistake is told, and the run fails."""
    (small.pytester.path / "out").write_text("a file", "utf-8")

    result = small.run("--apiversion-json=out/run.json", "-k", "v1 and router")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stdout.fnmatch_lines(["ERROR: --apiversion-json: out/run.json: *", "*API versions: Small*"])
