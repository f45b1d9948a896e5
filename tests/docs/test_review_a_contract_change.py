"""The guide to reviewing a change, done as a reader would do it: its files, its commands, and what it says they print."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from tests.docs.blocks import ROOT, blocks_of

PAGE = tuple(blocks_of(ROOT / "docs" / "guides" / "review-a-contract-change.md"))
CODES = {"compare": 1, "weighed": 1, "waived": 1, "stale": 1}
"""What each command of the page exits with."""


def _run(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    code = "from pytest_apiversion.cli import main; raise SystemExit(main())"
    words = [sys.executable, "-c", code, *shlex.split(text)[1:]]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def test_the_guide_does_what_it_says(tmp_path: Path) -> None:
    """Files are written, tables added to the policy, and commands run in the order of the page; each prints the lines shown, in order."""
    done: dict[str, subprocess.CompletedProcess[str]] = {}
    for block in PAGE:
        if block.language in {"toml", "yaml"} and block.title:
            whole = "." in block.title
            with (tmp_path / (block.title if whole else "apiversion.toml")).open("w" if whole else "a") as file:
                file.write(f"\n{block.text}")
        elif block.language == "console" and block.title:
            done[block.title] = _run(block.text, tmp_path)
        elif block.language == "text":
            said, at = done[block.title].stdout + done[block.title].stderr, 0
            for line in block.text.splitlines():
                found = said.find(f"{line}\n", at)
                assert found >= 0, f"{line!r} is not printed after what stands before it:\n{said}"
                at = found

    assert {title: run.returncode for title, run in done.items()} == CODES
