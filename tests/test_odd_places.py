"""Commands end with a sentence and their exit code, whatever their sources, their terminal and their folder are like."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pytest_apiversion.cli import main

DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "paths": {"/v1/a": {"get": {"responses": {"200": {"description": "x"}}}}},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a document in it."""
    (tmp_path / "a.json").write_text(json.dumps(DOCUMENT), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("loop.json", "loop.json: expected a file"),
        ("pipe.json", "pipe.json: expected a file, got none"),
        ("folder.json", "folder.json: expected a file, got none"),
        ("gone.json", "gone.json: expected a file, got none"),
        ("http://[::1", "http://[::1: could not be fetched"),
        ("http://", "http://: could not be fetched"),
        ("http://127.0.0.1:99999/a.json", "could not be fetched"),
    ],
)
def test_a_source_that_can_be_none(folder: Path, capfd: pytest.CaptureFixture[str], source: str, why: str) -> None:
    """A link that leads to itself, a pipe, a folder and what is no address are mistakes."""
    (folder / "loop.json").symlink_to("loop.json")
    os.mkfifo(folder / "pipe.json")
    (folder / "folder.json").mkdir()

    assert main(["diff", "a.json", source]) == 2
    said = capfd.readouterr().err
    assert why in said
    assert "Traceback" not in said


_LONG = "x" * 3000
"""More than any system takes for the name of a file."""


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", "a.json", _LONG],
        ["diff", "a.json", f"{_LONG}.org:80/a"],
        ["diff", "a.json", f"{_LONG}:app"],
        ["diff", "a.json", "refers.json"],
        ["diff", "a.json", "a.json", "--policy", _LONG, "--version", "v1"],
        ["init", _LONG, "--yes"],
        ["init", "http://127.0.0.1:9", "--policy", _LONG, "--yes"],
        ["init", "http://127.0.0.1:9", "--ca", _LONG, "--yes"],
        ["lock", _LONG],
        ["lock", "--check", _LONG],
        ["freeze", "a.json", "--policy", _LONG, "--version", "v1"],
        ["report", _LONG, "--json", "b.json"],
        ["replay", _LONG],
        ["baseline", "update", _LONG],
        ["schema", _LONG],
        ["token", _LONG, "x"],
    ],
    ids=lambda words: " ".join(word.replace(_LONG, "LONG") for word in words),
)
def test_a_name_that_is_too_long(folder: Path, capfd: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """A name that no file can have is one that no file has."""
    answers = {"200": {"$ref": f"{_LONG}.json#/a"}}
    (folder / "refers.json").write_text(
        json.dumps({**DOCUMENT, "paths": {"/a": {"get": {"responses": answers}}}}), "utf-8"
    )
    try:
        code = main(arguments)
    except SystemExit as error:
        code = int(str(error.code))

    said = capfd.readouterr()
    assert code == 2, said
    assert "Traceback" not in said.err
    assert said.err.strip() or said.out.strip()


@pytest.mark.parametrize(
    "option", ["ca", "certificate", "certificate-key", "database", "baseline", "json", "html", "har", "policy"]
)
def test_an_option_whose_name_is_too_long(folder: Path, pytester: pytest.Pytester, option: str) -> None:
    """Nor does such a name in an option of pytest end the run in a traceback."""
    pytester.makepyfile("def test_it(): pass")
    result = pytester.runpytest_inprocess(f"--apiversion-{option}={_LONG}")

    said = result.stdout.str() + result.stderr.str()
    assert "Traceback" not in said
    assert "INTERNALERROR" not in said
    assert folder.is_dir()
