"""Runs read back from their JSON files, and those of shards and versions as one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.reporting.json_reader import read_runs
from pytest_apiversion.shell.reporting.json_report import report_of
from tests.plugin.conftest import Small, Start

SAME = ("--hypothesis-seed=7", "--apiversion-max-examples=1", "--apiversion-shrink=0")


def report(small: Small, *arguments: str, name: str = "run.json") -> Path:
    """What a run writes."""
    small.run(*SAME, f"--apiversion-json={name}", *arguments)
    return small.pytester.path / name


def told(paths: Sequence[Path]) -> dict[str, Any]:
    """The report of runs together."""
    session, _ = read_runs(paths)
    plain: dict[str, Any] = json.loads(json.dumps(report_of(session)))
    return plain


def test_a_run_read_back_writes_the_same(buggy: Small) -> None:
    """Nothing that the JSON file says is lost when it is read and written again."""
    path = report(buggy)

    assert told([path]) == json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("part", ["shard", "versions"])
def test_parts_of_a_run_are_the_whole(start: Start, part: str) -> None:
    """The shards of a run, or its versions, say together what the whole run says: verdicts, causes, reach."""
    small = start("failing", "nameless")
    parts = ["1/2", "2/2"] if part == "shard" else ["v1", "v2"]
    (whole,) = json.loads(report(small).read_text("utf-8"))["policies"]

    files = [report(small, f"--apiversion-{part}={each}", name=f"{number}.json") for number, each in enumerate(parts)]
    (merged,) = told(files)["policies"]

    verdicts = [
        {(row["code"], row["version"]): row["verdict"] for row in policy["promises"]} for policy in (whole, merged)
    ]
    assert verdicts[0] == verdicts[1]
    assert [each["cause"] for each in merged["causes"]] == [each["cause"] for each in whole["causes"]]
    assert [each["operations"] for each in merged["causes"]] == [each["operations"] for each in whole["causes"]]
    assert {(row["version"], row["item"]) for row in merged["items"]} == {
        (row["version"], row["item"]) for row in whole["items"]
    }


def test_a_missing_shard_is_named(small: Small) -> None:
    """Where a shard is not among the files, that is said, and what it holds is called not run."""
    path = report(small, "--apiversion-shard=2/3")

    session, sentences = read_runs([path])

    assert sentences == ["no file of shard 1/3, 3/3 is among them: what only that shard holds counts as not run"]
    assert "not run" in {row["verdict"] for row in report_of(session)["policies"][0]["promises"]}


def test_what_is_no_report(tmp_path: Path) -> None:
    """Every file that cannot be read is named, with what is wrong with it."""
    texts = {"a.json": "no JSON", "b.json": "[]", "c.json": '{"format": 99}', "d.json": '{"format": 1}'}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")

    with pytest.raises(PolicyError) as caught:
        read_runs([tmp_path / name for name in (*texts, "e.json")])

    said = caught.value.mistakes
    assert [Path(each.partition(":")[0]).name for each in said] == [*texts, "e.json"]
    assert "its format is 99, and 1 is read" in said[2]
    assert said[4].endswith("No such file or directory")


def test_a_finding_names_its_line_and_shows_its_exchange(buggy: Small) -> None:
    """The JSON file has the request and the answer of a finding as text, without the key, and the line of its promise."""
    (policy,) = json.loads(report(buggy).read_text("utf-8"))["policies"]
    (finding,) = policy["findings"]

    assert finding["request"].startswith("GET /v2/things")
    assert "X-Key: Key $SMALL_TOKEN" in finding["request"].splitlines()
    assert finding["answer"].startswith("200\n")
    assert Path(finding["file"]).name == "v2.json"
    lines = Path(finding["file"]).read_text("utf-8").splitlines()
    assert "/things" in lines[finding["line"] - 1]
