"""What stands for Python does what Python does."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMANDS = {
    "output": [
        "-c",
        "import os, sys; print(os.getcwd(), sys.argv, os.environ['HOME']); print('wrong', file=sys.stderr)",
        "a b",
    ],
    "input": ["-u", "-c", "print(input())"],
    "exit-code": ["-c", "raise SystemExit(3)"],
    "traceback": ["-c", "import nothing_of_that_name"],
    "module": ["-m", "json.tool", "--help"],
    "module-in-one-word": ["-mjson.tool", "given.json"],
    "signal": ["-c", "import os; os.kill(os.getpid(), 9)"],
    "own-hash-seed": ["-S", "-c", "import sys; print('site' in sys.modules)"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_it_does_what_python_does(python: str, tmp_path: Path, name: str) -> None:
    """Output, input, exit codes, and the folder, arguments and environment a program sees."""
    (tmp_path / "given.json").write_text("{}", "utf-8")
    runs = [
        subprocess.run(
            [each, *COMMANDS[name]], cwd=tmp_path, input="said\n", capture_output=True, text=True, check=False
        )
        for each in (sys.executable, python)
    ]

    assert runs[1].returncode == runs[0].returncode
    assert runs[1].stdout.replace(python, sys.executable) == runs[0].stdout
    assert runs[1].stderr.splitlines()[-1:] == runs[0].stderr.splitlines()[-1:]


def test_a_signal_reaches_the_fork(python: str, tmp_path: Path) -> None:
    """Whoever ends the process that was started ends the one that does the work."""
    code = """
import signal, sys, time
from pathlib import Path

signal.signal(signal.SIGTERM, lambda *_: sys.exit(Path("ended").touch()))
Path("begun").touch()
time.sleep(60)
"""
    with subprocess.Popen([python, "-c", code], cwd=tmp_path, stderr=subprocess.DEVNULL) as process:
        end = time.monotonic() + 30
        while not (tmp_path / "begun").exists() and time.monotonic() < end:
            time.sleep(0.01)
        process.terminate()
        assert process.wait(30) == 0
    assert (tmp_path / "ended").exists()
