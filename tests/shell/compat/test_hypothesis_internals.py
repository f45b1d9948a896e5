"""What Hypothesis is told beforehand is what it would have found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ASKED = """
import sys
from hypothesis.internal import charmap
found = charmap.intervals_from_codec
import pytest_apiversion.shell.generation.strategies
told = charmap.intervals_from_codec
if "again" in sys.argv:
    from pytest_apiversion.shell.compat.hypothesis_internals import answer_utf_8_at_once
    answer_utf_8_at_once()
    assert charmap.intervals_from_codec is told
elif "equal" in sys.argv:
    assert told is not found and told("utf-8") == found("utf-8") and told("ascii") == found("ascii")
else:
    from pytest_apiversion.shell.generation.strategies import draw_values
    assert len(draw_values({"type": "string"}, {}, negative=False, seed=1, count=4)) == 4
"""


def _run(word: str, folder: Path) -> None:
    environment = {"HYPOTHESIS_STORAGE_DIRECTORY": str(folder), "PYTHONPATH": ":".join(filter(None, sys.path))}
    subprocess.run([sys.executable, "-c", _ASKED, word], check=True, env=environment, cwd=folder)


def test_what_utf_8_writes_is_what_hypothesis_finds(tmp_path: Path) -> None:
    """The answer for UTF-8 is the one that Hypothesis finds by encoding every character, and other encodings are asked as before."""
    _run("equal", tmp_path)


def test_it_is_told_once(tmp_path: Path) -> None:
    """Telling it again changes nothing."""
    _run("again", tmp_path)


def test_no_character_is_encoded_before_a_text_is_drawn(tmp_path: Path) -> None:
    """In a folder that keeps nothing of earlier runs a text is drawn without the table of UTF-8 being made."""
    _run("drawn", tmp_path)
    assert not list(tmp_path.rglob("codec*"))
