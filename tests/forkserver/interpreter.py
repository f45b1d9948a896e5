"""Stands for Python: hands arguments, environment, folder and the three standard files to a fork server, and ends as the fork does.

Run by an interpreter without site packages, with the real Python, the socket, the variables the server was started with, and what
Python was given. What a fork cannot do (options of the interpreter other than `-u`, another value of a variable that is read when
it starts) is left to Python.
"""

import json
import os
import signal
import socket
import sys

_PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def _main(python: str, path: str, at_the_start: dict[str, str | None], arguments: list[str]) -> int:
    plain = [word for word in arguments if word != "-u"]
    if (
        not plain
        or not plain[0].startswith(("-m", "-c"))
        or at_the_start != {name: os.environ.get(name) for name in at_the_start}
    ):
        os.execv(python, [python, *arguments])  # noqa: S606
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        socket.send_fds(line, [b"+"], [0, 1, 2])
        what = {"arguments": plain, "folder": os.getcwd(), "environment": dict(os.environ)}  # noqa: PTH109  pathlib takes its time
        line.sendall(json.dumps(what).encode() + b"\n")
        for number in _PASSED_ON:
            signal.signal(number, lambda number, _frame: line.sendall(bytes([number])))
        status = line.recv(4)
    if not status:
        return 70  # the server is gone
    ended = int.from_bytes(status, "big", signed=True)
    if ended < 0:
        if -ended in _PASSED_ON:
            signal.signal(-ended, signal.SIG_DFL)
        os.kill(os.getpid(), -ended)
    return ended


sys.exit(_main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), sys.argv[4:]))
