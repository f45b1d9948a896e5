"""Files are written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pytest_apiversion.cli import main
from pytest_apiversion.shell.texts.atomic_files import replace_files
from tests.shell.publishing.made_reports import report


def test_ctrl_c_between_two_files_leaves_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was moved to its place is moved back, and nothing stands beside it."""
    files = {tmp_path / name: b"new" for name in ("first", "second")}
    (tmp_path / "first").write_bytes(b"old")
    move = Path.replace

    def pressed(path: Path, target: Path) -> Path:
        if target.name == "second":
            raise KeyboardInterrupt
        return move(path, target)

    monkeypatch.setattr(Path, "replace", pressed)
    with pytest.raises(KeyboardInterrupt):
        replace_files(files, tmp_path)

    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"first": b"old"}


def test_a_report_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """`apiversion report` writes over no file: whoever reads the old one reads it whole, and so would who comes after a full disk."""
    (tmp_path / "run.json").write_text(json.dumps(report([])), "utf-8")
    (tmp_path / "page.md").write_text("old", "utf-8")
    os.link(tmp_path / "page.md", tmp_path / "kept.md")

    assert main(["report", str(tmp_path / "run.json"), "--markdown", str(tmp_path / "page.md")]) == 0

    assert (tmp_path / "kept.md").read_text("utf-8") == "old"
    assert "Made" in (tmp_path / "page.md").read_text("utf-8")
