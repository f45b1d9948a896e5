"""The published schema of the JSON report holds every run, and knows every member of one."""

from __future__ import annotations

import copy
import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pytest_apiversion import cli
from tests.plugin.conftest import Start
from tests.shell.publishing.made_reports import found, report

SCHEMA: dict[str, Any] = json.loads(
    files("pytest_apiversion").joinpath("shell/publishing/run.schema.json").read_text("utf-8")
)


def _closed(schema: Any) -> Any:
    """The schema without room for members that it does not name."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(each) for name, each in schema.items()}
    if "properties" in schema and isinstance(schema.get("required"), list):
        closed["unevaluatedProperties"] = False
    return closed


def _base_open(schema: dict[str, Any]) -> dict[str, Any]:
    """What another object is made of stays open, or it could not be added to."""
    schema["$defs"]["reached"].pop("unevaluatedProperties")
    return schema


WHOLE = Draft202012Validator(_base_open(_closed(SCHEMA)))


def _mistakes(run: Any) -> list[str]:
    return [f"{each.json_path}: {each.message}" for each in WHOLE.iter_errors(run)]


def test_the_schema_is_one() -> None:
    """It is JSON Schema 2020-12, has a name of its own, and says what each member holds."""
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$id"] == "urn:pytest-apiversion:run"
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"])


RUNS = {"green": (), "red": ("nameless",), "everything-fails": ("failing",)}


@pytest.mark.parametrize("name", RUNS)
def test_a_run_is_as_the_schema_says(start: Start, name: str) -> None:
    """A green run and a red one, with requirements, declared promises and what was created, have the members of the schema and no others."""
    small = start(
        *RUNS[name],
        more='[requirements]\nR-1 = { text = "Errors have one shape.", by = ["AV401"] }\n'
        '[[declared]]\nid = "R-2"\ntext = "We answer mail."\n',
    )
    small.run("--apiversion-json=run.json", "--apiversion-max-examples=1")
    run = json.loads((small.pytester.path / "run.json").read_text("utf-8"))

    assert _mistakes(run) == []
    assert bool(run["policies"][0]["findings"]) == bool(RUNS[name])


def test_parts_and_baselines_too(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """So have a shard, a run that knows its findings, and runs that were put together."""
    small = start("nameless")
    small.run("--apiversion-json=1.json", "--apiversion-shard=1/2", "--apiversion-max-examples=1")
    small.run("--apiversion-json=2.json", "--apiversion-shard=2/2", "--apiversion-max-examples=1")
    folder = small.pytester.path
    parts = [str(folder / f"{number}.json") for number in (1, 2)]
    baseline = str(folder / "known.toml")
    cli.main(["baseline", "update", *parts, "--baseline", baseline])
    small.run("--apiversion-json=3.json", f"--apiversion-baseline={baseline}", "--apiversion-max-examples=1")
    capsys.readouterr()
    cli.main(["report", *parts, "--json", "-"])
    runs = [json.loads((folder / f"{number}.json").read_text("utf-8")) for number in (1, 2, 3)]
    runs.append(json.loads(capsys.readouterr().out))

    assert [_mistakes(run) for run in runs] == [[]] * 4
    assert (runs[0]["shard"], bool(runs[2]["baseline"]), runs[3]["shard"]) == ("1/2", True, None)


def _wrong(run: Any, path: str, value: Any) -> Any:
    *before, last = path.split(".")
    place = changed = copy.deepcopy(run)
    for each in before:
        place = place[int(each) if each.isdigit() else each]
    if value is None:
        del place[last]
    else:
        place[int(last) if last.isdigit() else last] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format", 2),
        ("as_of", None),
        ("policies.0.findings.0.severity", "grave"),
        ("policies.0.findings.0.fingerprint", "none"),
        ("policies.0.findings.0.line", 0),
        ("policies.0.circumstances.0.0", 404),
        ("policies.0.promises.0.verdict", "fine"),
        ("policies.0.causes.0.also", None),
        ("policies.0.more", "a member that the schema does not name"),
    ],
)
def test_what_is_no_run_is_seen(path: str, value: Any) -> None:
    """A member that is missing, is of another kind, or is not in the schema makes a mistake."""
    run = report([found(1)])

    assert _mistakes(run) == []
    assert len(_mistakes(_wrong(run, path, value))) == 1
