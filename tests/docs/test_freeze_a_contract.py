"""The guide to freezing, done as a reader would do it: its files one after the other, its commands, and what it says they print."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import yaml

from tests.docs.blocks import ROOT, blocks_of

PAGE = tuple(blocks_of(ROOT / "docs" / "guides" / "freeze-a-contract.md"))
CODES = {"freeze": 0, "added": 0, "broken": 1}
"""What each command of the page exits with."""


def _run(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    code = "from pytest_apiversion.cli import main; raise SystemExit(main())"
    return subprocess.run(
        [sys.executable, "-c", code, *shlex.split(text)[1:]],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_guide_does_what_it_says(tmp_path: Path) -> None:
    """Every file is written and every command run in the order of the page; it prints the lines that are shown, in their order."""
    done: dict[str, subprocess.CompletedProcess[str]] = {}
    for block in PAGE:
        if block.language in {"toml", "python"} and block.title:
            (tmp_path / block.title).write_text(block.text, "utf-8")
        elif block.language == "console":
            done[block.title] = _run(block.text, tmp_path)
        elif block.language == "text":
            said, at = done[block.title].stdout + done[block.title].stderr, 0
            for line in block.text.splitlines():
                found = said.find(f"{line}\n", at)
                assert found >= 0, f"{line!r} is not printed after what stands before it:\n{said}"
                at = found

    assert {title: run.returncode for title, run in done.items()} == CODES
    frozen = yaml.safe_load((tmp_path / "v1.openapi.yaml").read_text("utf-8"))
    assert list(frozen["paths"]) == ["/api/v1/things"]
