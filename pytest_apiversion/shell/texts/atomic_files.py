"""Writes files atomically: each is there whole, in its old form or its new, and either all of them are new or none is."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.texts.real_paths import real_path

if TYPE_CHECKING:
    from collections.abc import Mapping


def replace_files(contents: Mapping[Path, bytes], folder: Path) -> None:
    """Write files, all or none.

    Each is written beside its place first and moved there at the end, in the order given; where a move fails, those before it are
    undone. A link is followed, so that it stays one.

    Args:
        contents: By path.
        folder: What they must be inside of, links followed.

    Raises:
        PolicyError: A place is outside the folder.
        OSError: One cannot be written; none is changed.
    """
    targets = {path: inside(path, folder) for path in contents}
    waiting: list[tuple[Path, Path]] = []
    done: list[tuple[Path, bytes | None]] = []
    try:
        for path, content in contents.items():
            targets[path].parent.mkdir(parents=True, exist_ok=True)
            waiting.append((_beside(targets[path], content), targets[path]))
        for new, target in waiting:
            before = target.read_bytes() if target.is_file() else None
            new.replace(target)
            done.append((target, before))
    except BaseException:  # Ctrl-C, too
        for target, before in reversed(done):
            if before is None:
                target.unlink()
            else:
                _beside(target, before).replace(target)
        raise
    finally:
        for new, _ in waiting:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes) -> None:
    """Write one file, wherever it is: it is there whole, or as it was. What is no file (a pipe, a device) is written to.

    Raises:
        OSError: It cannot be written.
    """
    target = real_path(path)
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    new = _beside(target, content)
    try:
        new.replace(target)
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def inside(path: Path, folder: Path) -> Path:
    """Where a path leads, links followed.

    Raises:
        PolicyError: Outside the folder.
    """
    target = real_path(path)
    if not target.is_relative_to(real_path(folder)):
        raise PolicyError(str(path), [f"{path}: expected a file inside {real_path(folder).name}/, got one outside"])
    return target


def _beside(target: Path, content: bytes) -> Path:
    """A new file beside a place, with the rights of what stands there, or of any new file."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    made = Path(name)
    with contextlib.ExitStack() as undo:
        undo.callback(made.unlink, missing_ok=True)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(_rights(target))
        undo.pop_all()
    return made


def _rights(target: Path) -> int:
    try:
        return target.stat().st_mode
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
