"""What changed in contracts since they were locked: a lock holds digests, so the documents that were locked are looked for in the last commit."""

from __future__ import annotations

from subprocess import TimeoutExpired
from typing import TYPE_CHECKING

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.comparison.compare import changes_between
from pytest_apiversion.shell.comparison.formats import FORMATS
from pytest_apiversion.shell.comparison.result import Comparison
from pytest_apiversion.shell.comparison.sources import TIMEOUT, held
from pytest_apiversion.shell.openapi.comparable_document import document_of
from pytest_apiversion.shell.openapi.document_files import read_document
from pytest_apiversion.shell.processes.guarded import run_guarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pytest_apiversion.diff.pairs import Setting


def since_locked(folder: Path, now: Mapping[str, str], locked: Mapping[str, str], setting: Setting) -> Iterator[str]:
    """A line for each contract that is not as it was locked, and below it what that means to clients.

    Args:
        folder: The folder of the policy file.
        now: Digests of the contracts by their names.
        locked: The digests that were locked.
        setting: The day sunsets are read at.
    """
    for name in sorted({*now, *locked}):
        if name not in locked:
            yield f"{name}: is locked for the first time"
        elif name not in now:
            yield f"{name}: was locked, and is no contract any more"
        elif now[name] != locked[name]:
            found = _committed(folder, name, locked[name])
            if found is None:
                yield f"{name}: differs from what was locked, which is not in the last commit, so that nothing is compared"
                continue
            yield f"{name}: differs from what was locked:"
            yield from (f"  {line}" for line in _told(folder, name, found, setting))


def _told(folder: Path, name: str, content: bytes, setting: Setting) -> list[str]:
    try:
        old = document_of(held(content, name)[0], name)
        new = document_of(read_document(folder / name, folder)[0], name)
        changes = changes_between(old, new, name, name, setting)
    except PolicyError as error:
        return [error.mistakes[0]]
    return list(FORMATS["text"](Comparison(old=name, new=name, changes=changes)))


def _committed(folder: Path, name: str, digest: str) -> bytes | None:
    """The document as it was committed, if it is the one that was locked."""
    try:
        done = run_guarded(["git", "-C", str(folder), "show", f"HEAD:./{name}"], seconds=TIMEOUT)
        found = None if done.returncode else held(done.stdout, name)[1]
    except (OSError, TimeoutExpired, PolicyError):
        return None
    return done.stdout if found == digest else None
