"""The first code block of README.md is what a newcomer types, and what the gate runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SET_UP = (
    "python3 -m venv .venv && PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt "
    '.venv/bin/python -m pip install -q -e ".[test]" && .venv/bin/python -m pytest '
)


def _block() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"^```[^\n]*\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)

    return found.group(1).splitlines() if found else []


def test_the_first_block_has_two_lines() -> None:
    """One line for the main job, one for the tests, nothing to copy by mistake."""
    assert len(_block()) == 2


@pytest.mark.parametrize(("index", "target"), [(0, "contracts"), (1, "tests")], ids=["main-job", "tests"])
def test_each_line_stands_alone(index: int, target: str) -> None:
    """Either line works first: it makes the environment, installs what is locked into it, and runs pytest on its folder."""
    line = _block()[index]

    assert line[: len(SET_UP)] == SET_UP
    assert target == line.split()[-1]


def test_the_gate_installs_what_the_lines_install() -> None:
    """The gate's own environment is locked as the lines' is: the build, too, whatever the release of pip."""
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "export PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt\n" in gate
    assert (ROOT / "constraints.txt").is_file()


def test_the_gate_reads_the_lines_instead_of_repeating_them() -> None:
    """`.ci/run` cannot drift from README.md, since it holds no copy of the lines."""
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert all(line.rpartition("&& ")[2] not in gate for line in _block())
    assert "README.md" in gate
