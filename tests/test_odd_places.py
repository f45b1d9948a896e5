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
