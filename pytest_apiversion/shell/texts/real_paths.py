"""Where a path really leads."""

from __future__ import annotations

import os
from pathlib import Path


def real_path(path: Path) -> Path:
    """The path without links, as far as it is there; a link that leads to itself stays (`Path.resolve` raises of it before Python 3.13).

    Raises:
        ValueError: It is none: a NUL, or half a character, is in it.
    """
    return Path(os.path.realpath(path))
