"""Runs a program for its output, which ends in time and with this process, however that ends: nobody else would end it."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Sequence

from pytest_apiversion.shell.processes import guard


def run_guarded(
    command: Sequence[str], *, seconds: float, folder: str | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run a program, and keep what it writes.

    On POSIX another process stands between, which ends the program, and on Linux what that started, when this one is gone or does not wait
    any longer. Elsewhere the program alone is ended, and only where this process comes to it.

    Args:
        command: The program and its arguments.
        seconds: How long it may take.
        folder: Where it runs; where this process does, without one.
        given: Its input.

    Raises:
        OSError: There is no such program, or it cannot be run.
        subprocess.TimeoutExpired: It took longer.
    """
    if os.name != "posix" or not sys.executable:
        return subprocess.run(  # noqa: S603  whoever wrote the policy file, or the package, names it
            command, cwd=folder, input=given, capture_output=True, timeout=seconds, check=False
        )
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            process = subprocess.Popen(  # noqa: S603  see above
                [sys.executable, "-I", "-S", guard.__file__, str(theirs.fileno()), *command],
                cwd=folder,
                stdin=subprocess.PIPE if given else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
            )
        with process:
            try:
                out, errors = process.communicate(given or None, timeout=seconds)
            except BaseException:
                ours.close()
                raise
        word, _, number = ours.recv(64).decode().partition(" ")
    if word == guard.MISSING:
        raise OSError(int(number), os.strerror(int(number)))
    if word != guard.ENDED:
        raise OSError(errno.ECHILD, "it was ended from outside")
    return subprocess.CompletedProcess(command, int(number), out, errors)
