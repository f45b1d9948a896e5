"""Asks whether a file is to be written, and shows what would change."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_apiversion.shell.texts.printable import printable_line

if TYPE_CHECKING:
    from typing import BinaryIO, TextIO


def wanted(policy: Path, text: str, *, yes: bool, stdin: BinaryIO, out: TextIO) -> bool:
    """Whether the file is to be written; what is there already is shown beside it.

    An empty line writes a new file, and leaves one that exists; the end of the input leaves both.
    """
    old = policy.read_text("utf-8") if policy.is_file() else ""
    if old == text:
        return True
    if old:
        lines = difflib.unified_diff(old.splitlines(), text.splitlines(), str(policy), f"{policy} (new)", lineterm="")
        out.writelines(printable_line(line) + "\n" for line in lines)
    asks = stdin.isatty()
    if yes or (not old and not asks):
        return True
    if not asks:
        out.write("give --yes to write it\n")
        return False
    if not old:
        out.writelines(printable_line(line) + "\n" for line in text.splitlines())
    out.write(f"write over {policy}? [y/N] " if old else f"write {policy}? [Y/n] ")
    out.flush()
    said = stdin.readline()
    if not said.endswith(b"\n"):
        out.write("\n")  # the end of the input, which moves no cursor
    answer = said.strip().lower()
    return bool(said) and (answer in {b"y", b"yes"} or (not answer and not old))
