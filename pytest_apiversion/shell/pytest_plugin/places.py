"""Where items stand: their policy file, and their place in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.shell.reporting.finding_text import shown
from pytest_apiversion.shell.texts.toml_text import dotted, read_toml

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def lines_of(path: Path) -> dict[str, int]:
    """The line, from 0, of the table of each version and alias that stands in the file itself.

    Args:
        path: A policy file that could be read.
    """
    read = read_toml(path.read_text("utf-8-sig"))
    found = {}
    for table in ("aliases", "versions"):
        names = read.document.get(table)
        for name in names if isinstance(names, dict) else ():
            if line := read.lines.get(dotted(table, name)):
                found[name] = line - 1
    return found


def shown_path(node: pytest.Collector | pytest.Item) -> str:
    """The policy file as the user would type it."""
    return shown(node.path, node.config)
