"""Each TOML file that a command writes begins with the schema that lies beside it and that it keeps; what else they write is JSON, or a report."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from pytest_apiversion.cli import main
from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.catalogue.baseline_schema import (
    BASELINE_SCHEMA_NAME,
    baseline_schema,
    baseline_schema_text,
)
from pytest_apiversion.shell.reporting.baseline import FIRST_LINES, read_baseline
from pytest_apiversion.shell.texts.toml_text import jsonable
from tests.apps.kit import serving
from tests.shell.publishing.made_reports import found, report
from tests.shell.servers.kit import Api, by_path, document, operation, reply

WRITING = {"init", "baseline", "lock", "freeze"}
"""Commands that write files: a policy, a baseline, a lock (JSON), a contract (JSON or YAML) and its lock."""
TELLING = {"diff", "report", "replay", "schema", "send", "token"}
"""Commands that write to standard output, or to the one file they are told to."""
CONTRACT = document({"/things": {"get": operation({200: {}})}}, servers=[{"url": "/v1"}])


def baseline(folder: Path, *findings: Any) -> Path:
    """A baseline as `apiversion baseline update` writes it of a run that found these."""
    run = folder / "run.json"
    run.write_text(json.dumps(report(findings)), "utf-8")
    path = folder / "apiversion.baseline.toml"
    assert main(["baseline", "update", str(run), "--baseline", str(path)]) == 0
    return path


def written_by_all(folder: Path) -> None:
    """What each command writes that writes files."""
    app = Api(select=by_path("v1"))
    app.on("GET", "/things")(lambda _request, _version: reply({}))
    (folder / "given.json").write_text(json.dumps(CONTRACT), "utf-8")
    policy = folder / "apiversion.toml"
    with serving(app) as url:
        source = str(folder / "given.json")
        assert main(["init", source, "--base-url", url, "--policy", str(policy), "--no-run", "--yes"]) == 0
    assert main(["lock", str(policy)]) == 0
    assert main(["freeze", source, "--policy", str(policy), "--version", "v1"]) == 0
    baseline(folder, found(1))


def test_each_file_begins_with_its_schema(tmp_path: Path) -> None:
    """The first line names it, it lies beside the file, has a name of its own, and the file keeps it."""
    written_by_all(tmp_path)
    files = sorted(tmp_path.rglob("*.toml"))

    assert [path.name for path in files] == ["apiversion.baseline.toml", "apiversion.toml"]
    names = set()
    for path in files:
        text = path.read_text("utf-8")
        named = re.match(r"#:schema (\S+)\n", text)
        assert named, path
        schema = json.loads(path.with_name(named[1]).read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        names.add(schema["$id"])
        checked = Draft202012Validator(schema, format_checker=FormatChecker())
        assert [each.message for each in checked.iter_errors(jsonable(tomllib.loads(text)))] == []
    assert len(names) == len(files)


def test_no_command_is_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    """A new command is one of those that write files, or of those that do not."""
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out

    assert set(re.findall(r"^    ([a-z]+) ", told, re.MULTILINE)) == WRITING | TELLING


WRONG: dict[str, tuple[str, str]] = {
    "no-reason": ('reason = "not yet looked at"\n', ""),
    "empty-reason": ('reason = "not yet looked at"', 'reason = ""'),
    "unknown-key": ("since =", "sinse ="),
    "a-day-that-is-none": ("since = 2026-06-01", 'since = "soon"'),
    "another-table": ("[[finding]]", "[[findings]]"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_the_reader_refuses_the_schema_does(name: str, tmp_path: Path) -> None:
    """An editor shows the mistakes that a run would tell."""
    path = baseline(tmp_path, found(1))
    text = path.read_text("utf-8")
    old, new = WRONG[name]
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    checked = Draft202012Validator(baseline_schema(), format_checker=FormatChecker())

    assert list(checked.iter_errors(jsonable(tomllib.loads(text)))) == []
    assert list(checked.iter_errors(jsonable(tomllib.loads(path.read_text("utf-8")))))
    with pytest.raises(PolicyError):
        read_baseline(path)


def test_the_schema_of_baselines_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`apiversion schema baseline` writes what lies beside a baseline."""
    assert main(["schema", "baseline"]) == 0
    assert capsys.readouterr().out == baseline_schema_text()


@pytest.mark.parametrize("content", ['{"$id": "urn:else"}', "no JSON", "[]"])
def test_a_file_of_somebody_elses_is_left(content: str, tmp_path: Path) -> None:
    """What has the schema's name and is none stays as it is; an old schema of ours is renewed."""
    schema = tmp_path / BASELINE_SCHEMA_NAME
    schema.write_text(content, "utf-8")
    baseline(tmp_path, found(1))
    assert schema.read_text("utf-8") == content

    schema.write_text(json.dumps({"$id": baseline_schema()["$id"]}), "utf-8")
    baseline(tmp_path, found(1))
    assert schema.read_text("utf-8") == baseline_schema_text()


def test_a_baseline_without_the_line_is_read(tmp_path: Path) -> None:
    """Baselines of older releases mean what they meant."""
    path = baseline(tmp_path, found(1))
    known = read_baseline(path)
    path.write_text(path.read_text("utf-8").removeprefix(FIRST_LINES.partition("\n")[0] + "\n"), "utf-8")

    assert read_baseline(path) == known
    assert len(known) == 1
