"""The report files of a run, and `apiversion report`, which writes the same from its JSON file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pytest_apiversion import cli
from pytest_apiversion.shell.publishing.formats import FORMATS
from pytest_apiversion.shell.pytest_plugin.option_definitions import add_options
from tests.plugin.conftest import Small, Start
from tests.plugin.small_api import SECRET

SAME = ("--hypothesis-seed=7", "--apiversion-max-examples=1")


def test_a_format_is_an_option_of_the_run_and_of_the_command() -> None:
    """What a run can write, `apiversion report` can write later, under the same name and with the same words."""
    names: list[str] = []

    class Parser:
        """Takes down the options."""

        def getgroup(self, *_: object) -> Parser:
            return self

        def addini(self, *_: object, **__: object) -> None:
            pass

        def addoption(self, name: str, **_: object) -> None:
            names.append(name.removeprefix("--apiversion-"))

    add_options(Parser())  # type: ignore[arg-type]  # it asks for these three methods only

    assert set(FORMATS) <= set(names)
    assert {"json": cli.REPORTS["json"], **{name: each.text for name, each in FORMATS.items()}} == cli.REPORTS


def test_later_is_the_same(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes, byte for byte, the files the run wrote; no key is in any of them, although the service repeats it."""
    small = start("echo", "nameless")
    folder = small.pytester.path
    small.run(*SAME, "--apiversion-json=run.json", *(f"--apiversion-{name}=out/{name}" for name in FORMATS))
    capsys.readouterr()

    ended = cli.main(
        [
            "report",
            str(folder / "run.json"),
            *(word for name in FORMATS for word in (f"--{name}", str(folder / f"new/{name}"))),
        ]
    )

    assert (ended, *capsys.readouterr()) == (0, "", "")
    for name in FORMATS:
        text = (folder / "out" / name).read_text("utf-8")
        assert text == (folder / "new" / name).read_text("utf-8")
        assert SECRET not in text
    assert "$SMALL_TOKEN" in (folder / "out" / "html").read_text("utf-8")


def test_shards_are_put_together(buggy: Small, capsys: pytest.CaptureFixture[str]) -> None:
    """The files of all shards give one JSON report on the output, and a shard that is missing is told."""
    folder = buggy.pytester.path
    for number in (1, 2):
        buggy.run(*SAME, f"--apiversion-shard={number}/2", f"--apiversion-json={number}.json")
    capsys.readouterr()
    files = [str(folder / f"{number}.json") for number in (1, 2)]

    whole = cli.main(["report", *files, "--json", "-"])

    out, errors = capsys.readouterr()
    (policy,) = json.loads(out)["policies"]
    assert (whole, errors, json.loads(out)["shard"], len(policy["findings"])) == (0, "", None, 1)
    assert cli.main(["report", files[0], "--json", "-"]) == 0
    assert "no file of shard 2/2 is among them" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--html", "x.html"], "No such file or directory", id="no file"),
        pytest.param([], "expected a format: --json, --html", id="no format"),
    ],
)
def test_what_cannot_be_done(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    """A file that is not there, or no format, ends with 2 and a sentence."""
    assert cli.main(["report", str(tmp_path / "no.json"), *words]) == 2
    assert said in capsys.readouterr().err


def test_without_its_library_a_run_does_not_begin(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Jinja2 is not installed, that is said before a request is sent, with what to install."""
    monkeypatch.setattr("pytest_apiversion.shell.publishing.html.find_spec", lambda _: None)

    result = small.run("--apiversion-html=run.html")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert 'pip install "pytest-apiversion[html]"' in result.stderr.str()
    assert small.api.requests == []


def test_github(buggy: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--apiversion-github` the output ends with a command for each cause, and the page joins the summary of the job's step."""
    summary = buggy.pytester.path / "summary.md"
    summary.write_text("Before.\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))

    result = buggy.run(*SAME, "--apiversion-github")

    (line,) = [line for line in result.outlines if line.startswith("::error ")]
    assert line.startswith("::error file=v2.json,line=1,title=AV301 ")
    text = summary.read_text("utf-8")
    assert text.startswith("Before.\n## API versions: Small\n")
    assert "### AV301 " in text
