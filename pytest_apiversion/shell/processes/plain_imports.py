"""This package is imported as it is installed, from the bytecode that pip has written.

pytest writes the asserts of all plugins anew, so that a failing one tells its values: it parses and compiles each of their modules, and
keeps the result where it may write. Here no assert is a test's. Where nothing is kept (in a container's first run, with
`PYTHONDONTWRITEBYTECODE`, on a file system that is read only) a run would take a second longer each time.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

_PREFIX = f"{__name__.partition('.')[0]}."


class _AsInstalled:
    """Finds the modules of this package, and no others, where Python would find them without pytest."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """What Python's own finder says of a module of this package."""
        return PathFinder.find_spec(name, path, target) if name.startswith(_PREFIX) else None


def install() -> None:
    """Ask before pytest's finder from now on; once for each process is enough."""
    if _AsInstalled not in sys.meta_path:
        sys.meta_path.insert(0, _AsInstalled)
