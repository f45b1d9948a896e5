"""What a command writes goes where its caller has put standard output."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

from pytest_apiversion.shell.texts.standard_output import written

if TYPE_CHECKING:
    from pathlib import Path

ENDS = {
    # name: how a command ends, and its exit status
    "ctrl-c": (KeyboardInterrupt(), 130),
    "nobody-reads": (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_file_in_its_place_is_left_as_it_is(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that calls a command with an output of its own goes on writing to it, however the command ended."""
    error, code = ENDS[name]

    def command() -> NoReturn:
        raise error

    with (tmp_path / "own.txt").open("w+", encoding="utf-8") as own:
        monkeypatch.setattr(sys, "stdout", own)
        assert written(command) == code
        own.write("more")
        own.seek(0)
        assert own.read() == "more"
