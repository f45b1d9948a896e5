"""The guide to freezing, done as a reader would do it: its files one after the other, its commands, and what it says they print."""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml

from tests.docs.blocks import ROOT, blocks_of
from tests.docs.doing import assert_printed, done

PAGE = tuple(blocks_of(ROOT / "docs" / "guides" / "freeze-a-contract.md"))
CODES = {"freeze": 0, "added": 0, "broken": 1}
"""What each command of the page exits with."""


def test_the_guide_does_what_it_says(tmp_path: Path, python: str) -> None:
    """Every file is written and every command run in the order of the page; it prints the lines that are shown, in their order."""
    runs: dict[str, subprocess.CompletedProcess[str]] = {}
    for block in PAGE:
        if block.language in {"toml", "python"} and block.title:
            (tmp_path / block.title).write_text(block.text, "utf-8")
        elif block.language == "console":
            runs[block.title] = done(block.text, tmp_path, python=python)
        elif block.language == "text":
            assert_printed(block.text, runs[block.title])

    assert {title: run.returncode for title, run in runs.items()} == CODES
    frozen = yaml.safe_load((tmp_path / "v1.openapi.yaml").read_text("utf-8"))
    assert list(frozen["paths"]) == ["/api/v1/things"]
