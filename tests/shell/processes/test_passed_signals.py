"""A command that runs pytest ends it before it ends itself, whatever ends the command."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_apiversion.shell.processes.passed_signals import run_child

PARENT = """
import signal, sys
for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # whoever started the tests may have had them ignored
    signal.signal(getattr(signal, name), signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)
from pytest_apiversion.shell.processes.passed_signals import run_child
run_child([sys.executable, "-c", sys.argv[1], sys.argv[2]])
print("went on", flush=True)
"""

CHILD = """
import signal, sys, time
def end(number, _):
    open(sys.argv[1], "a").write(f"{signal.Signals(number).name}\\n")
    sys.exit(0)
for name in ("SIGINT", "SIGTERM", "SIGHUP"):
    signal.signal(getattr(signal, name), end)
print("ready", flush=True)
for _ in range(600):  # one sleep of a minute would not be ended by a signal that comes as it begins
    time.sleep(0.1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_what_ends_the_command_ends_the_program_first(tmp_path: Path, name: str) -> None:
    """The program is told once and may tidy up; then the command ends as the signal says, and nothing of it goes on."""
    told = tmp_path / "told"
    number = getattr(signal, name)
    command = [sys.executable, "-c", PARENT, CHILD, str(told)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ready\n"
        parent.send_signal(number)
        out, _ = parent.communicate(timeout=60)

    assert told.read_text() == f"{name}\n"
    assert parent.returncode == -number
    assert "went on" not in out


def test_a_program_that_ends_by_itself() -> None:
    """Its status and its output are what the command gets, and signals mean what they meant."""
    before = signal.getsignal(signal.SIGTERM)

    ended = run_child(
        [sys.executable, "-c", "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"], captured=True
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "out\n", "err\n")
    assert signal.getsignal(signal.SIGTERM) is before
