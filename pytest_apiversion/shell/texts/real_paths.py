"""Where a path really leads, and what is there, whatever the path: `pathlib` raises of names that are too long for a system."""

from __future__ import annotations

import os
from pathlib import Path


def real_path(path: Path) -> Path:
    """The path without links, as far as it is there; a link that leads to itself stays (`Path.resolve` raises of it before Python 3.13).

    Raises:
        ValueError: It is none: a NUL, or half a character, is in it.
    """
    return Path(os.path.realpath(path))


def is_file(path: Path) -> bool:
    """Whether a file is there; False where none can be."""
    return os.path.isfile(path)  # noqa: PTH113  see above


def is_folder(path: Path) -> bool:
    """Whether a folder is there; False where none can be."""
    return os.path.isdir(path)  # noqa: PTH112  see above


def is_there(path: Path) -> bool:
    """Whether anything is there; False where nothing can be."""
    return os.path.exists(path)  # noqa: PTH110  see above
