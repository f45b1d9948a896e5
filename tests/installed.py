"""Reads what is installed once for each folder: pytest reads all of it in each run, a quarter of the processor's time that a small run takes."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

_READ = ("metadata", "files", "entry_points")
"""What of a package is worked out from its files whenever it is looked at."""


def remember_what_is_installed() -> pytest.MonkeyPatch:
    """Have `importlib.metadata` remember, until what is returned is undone; a folder that changed is read again."""
    patch = pytest.MonkeyPatch()
    for name in _READ:
        remembered = functools.cached_property(getattr(metadata.Distribution, name).fget)
        remembered.__set_name__(metadata.Distribution, name)
        patch.setattr(metadata.Distribution, name, remembered)
    read = metadata.distributions
    known: dict[tuple[str, int], list[metadata.Distribution]] = {}

    def distributions(**wanted: Any) -> Iterable[metadata.Distribution]:
        return read(**wanted) if wanted else _all()

    def _all() -> Iterator[metadata.Distribution]:
        for entry in sys.path:
            folder = Path(entry)
            if folder.is_dir():
                key = (entry, folder.stat().st_mtime_ns)
                if key not in known:
                    known[key] = list(read(path=[entry]))
                yield from known[key]

    patch.setattr(metadata, "distributions", distributions)
    return patch


def read_what_is_installed() -> None:
    """Read it, so that forks need not."""
    for each in metadata.distributions():
        for name in _READ:
            getattr(each, name)
