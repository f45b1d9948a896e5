"""Doing what a page says: its commands, and what it shows of what they print."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

_COMMAND = "from pytest_apiversion.cli import main; raise SystemExit(main())"


def done(text: str, folder: Path, *more: str, python: str) -> subprocess.CompletedProcess[str]:
    """Run a page's command in a folder, with a Python of ours in the place of the reader's environment.

    Args:
        text: What the page shows: `apiversion …`, or `python …`, wherever its environment is.
        folder: Where the reader is.
        more: Arguments the page does not show.
        python: The interpreter.
    """
    program, *words = shlex.split(text)
    words = words if Path(program).name == "python" else ["-c", _COMMAND, *words]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("APIVERSION_", "PYTEST_"))}
    return subprocess.run(
        [python, *words, *more],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def assert_printed(text: str, run: subprocess.CompletedProcess[str], *, to_the_end: bool = True) -> None:
    """Every line a page shows of a run was printed, in that order; to its end, unless only its beginning is shown."""
    said, at = run.stdout + run.stderr, 0
    for line in text.splitlines():
        found = said.find(f"{line}\n" if to_the_end else line, at)
        assert found >= 0, f"{line!r} is not printed after what stands before it:\n{said}"
        at = found + len(line)
