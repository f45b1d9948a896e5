"""A program that is run for its output ends in time, and with whoever asked for it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pytest_apiversion.shell.processes import guard
from pytest_apiversion.shell.processes.guarded import run_guarded

STARTING = """
import subprocess, sys, time
others = [subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) for _ in range(2)]
import os
open(sys.argv[1] + ".new", "w").write(" ".join(map(str, [os.getpid(), *(each.pid for each in others)])))
os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(60)
"""
ASKING = """
import signal, sys
for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):  # who is started in the background, or by nohup, is deaf to some
    signal.signal(each, signal.SIG_DFL)
from pytest_apiversion.shell.processes.guarded import run_guarded
run_guarded([sys.executable, "-c", sys.argv[1], sys.argv[2]], seconds=60)
"""


def _lives(process: int) -> bool:
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] not in "ZX"
    return False


def _told(mark: Path) -> list[int]:
    """The processes that were started, once they are."""
    end = time.monotonic() + 60
    while not mark.exists() and time.monotonic() < end:
        time.sleep(0.02)
    return [int(each) for each in mark.read_text("utf-8").split()]


def _gone(processes: list[int], within: float = 2) -> bool:
    end = time.monotonic() + within
    while any(map(_lives, processes)) and time.monotonic() < end:
        time.sleep(0.02)
    return not any(map(_lives, processes))


def test_what_it_writes(tmp_path: Path) -> None:
    """Output, errors and status are the program's, its input is what is given, and it runs where it is told to."""
    said = "import os, sys; print(os.getcwd(), sys.stdin.read()); print('no', file=sys.stderr); sys.exit(3)"
    done = run_guarded([sys.executable, "-c", said], seconds=60, folder=str(tmp_path), given=b"in")

    assert (done.returncode, done.stdout.split(), done.stderr.split()) == (
        3,
        [str(tmp_path).encode(), b"in"],
        [b"no"],
    )
    assert run_guarded([sys.executable, "-c", "import sys; print(len(sys.stdin.read()))"], seconds=60).stdout == b"0\n"


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    """It is said to be missing, or not to be one, as without anybody between."""
    (tmp_path / "text").write_text("no program", "utf-8")

    with pytest.raises(FileNotFoundError):
        run_guarded(["no-such-program-at-all"], seconds=60)
    with pytest.raises(FileNotFoundError):
        run_guarded(["true"], seconds=60, folder=str(tmp_path / "nowhere"))
    with pytest.raises(PermissionError):
        run_guarded([str(tmp_path / "text")], seconds=60)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_program_that_a_signal_ends() -> None:
    """Its status is the signal's, and a broken pipe ends it as it would from a shell, though Python ignores them."""
    program = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"]
    assert run_guarded(program, seconds=60).returncode == -signal.SIGTERM
    found = run_guarded(["sh", "-c", "kill -PIPE $$; exit 0"], seconds=60)
    assert found.returncode == -signal.SIGPIPE


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_ends_in_time(tmp_path: Path) -> None:
    """What takes longer is ended with all that it started, which would hold its output for ever."""
    mark = tmp_path / "mark"
    begun = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        run_guarded([sys.executable, "-c", STARTING, str(mark)], seconds=1.5)

    assert time.monotonic() - begun < 30
    assert _gone(_told(mark), within=10)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP, signal.SIGINT], ids=str)
def test_it_ends_with_whoever_asked(tmp_path: Path, number: signal.Signals) -> None:
    """Two seconds after that process is gone, however it ended, nothing of the program runs."""
    mark = tmp_path / "mark"
    with subprocess.Popen(
        [sys.executable, "-c", ASKING, STARTING, str(mark)], stderr=subprocess.DEVNULL, start_new_session=True
    ) as asking:
        processes = _told(mark)
        assert all(map(_lives, processes))
        os.kill(asking.pid, number)
        asking.wait(10)

    assert _gone(processes)


def test_nobody_else_starts_programs() -> None:
    """Whatever the package runs, it runs by what this folder tests."""
    package = Path(guard.__file__).parents[2]
    starting = re.compile(
        r"\bsubprocess\.(?!TimeoutExpired|CompletedProcess)|\bos\.(?:system|popen|posix_spawn|exec|spawn)"
    )
    found = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if starting.search(file.read_text("utf-8"))
    }

    assert {name.rpartition("/")[0] for name in found} == {"shell/processes"}
