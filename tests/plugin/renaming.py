"""Other packages as their next release may be: texts of their sources changed while they are imported, in a process and all it starts.

Python imports this file by itself as `sitecustomize`, from a folder on its path. What is changed stands in the environment variable
`NEXT_RELEASE`: a JSON list of `[package, old text, new text]`. A change that changes nothing ends the process.
"""

from __future__ import annotations

import importlib.util
import json
import linecache
import os
import shutil
import sys
from collections.abc import Iterable
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType


class Changed(SourceFileLoader):
    """Compiles a module whose source changes, past every cache."""

    def get_code(self, fullname: str) -> CodeType:
        """The module's code; where it changed, tracebacks, and whoever sends sources elsewhere, see the changed source too."""
        source = self.get_data(self.path).decode()
        text = changed(fullname, source)
        if text == source:
            unchanged = super().get_code(fullname)
            assert unchanged is not None  # it has a source
            return unchanged
        linecache.cache[self.path] = (len(text), None, text.splitlines(keepends=True), self.path)
        return compile(text, self.path, "exec", dont_inherit=True)


class Finder:
    """Finds the modules of the packages that are changed."""

    @staticmethod
    def find_spec(name: str, path: object = None, _target: object = None) -> ModuleSpec | None:
        """The module's, with a loader that changes it."""
        if name.partition(".")[0] not in {package for package, _, _ in CHANGES}:
            return None
        spec = PathFinder.find_spec(name, path)  # type: ignore[arg-type]
        if spec is None or not isinstance(spec.loader, SourceFileLoader) or spec.origin is None:
            return spec
        return importlib.util.spec_from_file_location(
            name,
            spec.origin,
            loader=Changed(name, spec.origin),
            submodule_search_locations=spec.submodule_search_locations,
        )


def changed(module: str, text: str) -> str:
    """The source of a module in the next release."""
    for package, old, new in CHANGES:
        if module.partition(".")[0] == package:
            text = text.replace(old, new)
    return text


def begin(folder: Path, changes: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """The environment of a process in which packages are changed.

    Args:
        folder: An empty folder.
        changes: Package, old text, new text.
    """
    rows = list(changes)
    check(rows)
    shutil.copy(__file__, folder / "sitecustomize.py")
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    return {"PYTHONPATH": path, "NEXT_RELEASE": json.dumps(rows)}


def check(changes: Iterable[tuple[str, str, str]]) -> None:
    """End the process where a package does not hold what is to be changed: a test of it would show nothing."""
    for package, old, _ in changes:
        spec = PathFinder.find_spec(package)
        folders = spec.submodule_search_locations if spec and spec.submodule_search_locations else ()
        files = (file for folder in folders for file in Path(folder).rglob("*.py"))
        if not any(old in file.read_text("utf-8") for file in files):
            sys.exit(f"{package} holds no {old!r}")


CHANGES: list[tuple[str, str, str]] = [
    (row[0], row[1], row[2]) for row in json.loads(os.environ.get("NEXT_RELEASE", "[]"))
]
if __name__ == "sitecustomize":
    sys.meta_path.insert(0, Finder())
