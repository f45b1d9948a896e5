"""Ends a command as the shell expects it, where nobody reads its output any more, or nothing takes it."""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
import signal
import sys
from collections.abc import Callable

from pytest_apiversion.shell.texts.standard_files import fill_closed

_CLOSED = (errno.EPIPE, errno.EIO, errno.ESHUTDOWN, errno.EBADF)
_ENDED_BY = 128
"""What a shell adds to the number of the signal that ended a command."""
_STRICT = ("strict", "surrogateescape")
"""How an output takes what its encoding lacks where nobody said how: not at all."""
_ESCAPED = "apiversion-escaped"
FULL = 2
"""The exit code where the output cannot be written."""


def written(command: Callable[[], int]) -> int:
    """Run a command, with its output written out at the end.

    Returns:
        What it returns; 141 where its reader left (what SIGPIPE makes of a command), 130 after Ctrl-C, 2 where the output cannot be written.
    """
    fill_closed(("stdin", "stderr"))
    if sys.stdout is None:
        _say("apiversion: standard output is closed\n")
        return FULL
    _take_all()
    try:
        code = command()
        sys.stdout.flush()
    except KeyboardInterrupt:
        _quiet()
        return _ENDED_BY + signal.SIGINT
    except OSError as error:
        _quiet()
        if error.errno in _CLOSED:
            return _ENDED_BY + getattr(signal, "SIGPIPE", 13)
        _say(f"apiversion: standard output cannot be written: {error.strerror or error}\n")
        return FULL
    return code


def _take_all() -> None:
    """Have what the output's encoding lacks written as JSON writes it in ASCII, which reads the same in a JSON report; no name ends a command."""
    output = sys.stdout
    if output is sys.__stdout__ and isinstance(output, io.TextIOWrapper) and output.errors in _STRICT:
        codecs.register_error(_ESCAPED, _escaped)
        output.reconfigure(errors=_ESCAPED)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def _say(sentence: str) -> None:
    try:
        sys.stderr.write(sentence)
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody is there to hear it
        return


def _quiet() -> None:
    """Have nothing more written to a standard output that takes nothing: what is left in its buffer would be, when Python ends.

    Where the program that calls this has put something else in its place, that is the program's own.
    """
    output = sys.__stdout__
    if output is None or sys.stdout is not output:
        return
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, output.fileno())
        os.close(nothing)
    except (OSError, ValueError, AttributeError):  # it is no file, or closed
        return
