"""`python -m tests.compatibility`: try releases of each run-time dependency, and write docs/reference/compatibility.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from packaging.specifiers import SpecifierSet

from tests.compatibility.page import WORKS, changes, replaced, section, sections
from tests.compatibility.releases import chosen, dependencies
from tests.compatibility.trial import ROOT, Environment, InstallError, build_wheel, known_releases, try_release

PAGE = ROOT / "docs" / "reference" / "compatibility.md"
DEPENDENCIES = dependencies(ROOT / "pyproject.toml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Try, and write or compare, one dependency after the other.

    Returns:
        0 when every release works and, with `--check`, the page says the same; 1 otherwise; 2 when nothing can be tried.
    """
    options = _options(arguments)
    good = True
    try:
        with tempfile.TemporaryDirectory(prefix="compatibility-") as folder:
            wheel = build_wheel(Path(folder))
            for name in options.only or DEPENDENCIES:
                text, works = _tried(name, DEPENDENCIES[name], wheel)
                good &= works & _kept(name, text, check=options.check)
    except InstallError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0 if good else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.compatibility", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=tuple(DEPENDENCIES), metavar="NAME", help="only this one; may be given again"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; say what the page would say otherwise")
    return parser.parse_args(arguments)


def _tried(name: str, allowed: SpecifierSet, wheel: Path) -> tuple[str, bool]:
    """The section of one dependency, and whether all of its releases work."""
    others = [other for other in DEPENDENCIES if other != name]
    rows, beside = [], dict[str, str]()
    for release in chosen(known_releases(name), allowed):
        with tempfile.TemporaryDirectory(prefix="compatibility-") as folder:
            row, beside = try_release(name, release, Environment(folder=Path(folder) / "venv", wheel=wheel), others)
        rows.append(row)
        sys.stdout.write(f"{name} {' '.join([row.release, *row.moved])}: {row.outcome} ({row.passed or 0} passed)\n")
        sys.stdout.flush()
    return section(name, str(allowed), beside, rows), bool(rows) and all(row.outcome == WORKS for row in rows)


def _kept(name: str, text: str, *, check: bool) -> bool:
    """Write a section into the page, or tell what is new in it; whether the page already says so, or now does."""
    page = PAGE.read_text("utf-8")
    if not check:
        PAGE.write_text(replaced(page, {name: text}, DEPENDENCIES), "utf-8")
        return True
    found = changes(name, sections(page).get(name, ""), text)
    sys.stdout.writelines(f"{line}\n" for line in found)
    return not found


if __name__ == "__main__":
    sys.exit(main())
