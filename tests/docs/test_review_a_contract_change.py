"""The guide to reviewing a change, done as a reader would do it: its files, its commands, and what it says they print."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.docs.blocks import ROOT, blocks_of
from tests.docs.doing import assert_printed, done

PAGE = tuple(blocks_of(ROOT / "docs" / "guides" / "review-a-contract-change.md"))
CODES = {"compare": 1, "weighed": 1, "waived": 1, "stale": 1}
"""What each command of the page exits with."""


def test_the_guide_does_what_it_says(tmp_path: Path, python: str) -> None:
    """Files are written, tables added to the policy, and commands run in the order of the page; each prints the lines shown, in order."""
    runs: dict[str, subprocess.CompletedProcess[str]] = {}
    for block in PAGE:
        if block.language in {"toml", "yaml"} and block.title:
            whole = "." in block.title
            with (tmp_path / (block.title if whole else "apiversion.toml")).open("w" if whole else "a") as file:
                file.write(f"\n{block.text}")
        elif block.language == "console" and block.title:
            runs[block.title] = done(block.text, tmp_path, python=python)
        elif block.language == "text":
            assert_printed(block.text, runs[block.title])

    assert {title: run.returncode for title, run in runs.items()} == CODES
