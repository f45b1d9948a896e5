"""Walks a policy document whose shape may be wrong: what has not the expected type is skipped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_apiversion.shell.texts.toml_text import dotted


def table(value: Any, *keys: str) -> dict[str, Any]:
    """The table below these keys; empty where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """The tables of an array, numbered."""
    found = value if isinstance(value, list) else []
    return [(number, row) for number, row in enumerate(found) if isinstance(row, dict)]


def texts(value: Any) -> list[str]:
    """The strings of a list, or the one string there is."""
    found = value if isinstance(value, list) else [value]
    return [item for item in found if isinstance(item, str)]


def listed_carriers(document: Mapping[str, Any]) -> list[str] | None:
    """The carriers that are listed; None where the list itself is wrong."""
    listed = table(document, "versioning").get("carriers")
    if not isinstance(listed, list) or not listed or not all(isinstance(kind, str) for kind in listed):
        return None
    return listed


def gone_tables(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What single versions, aliases and parts answer after their end, with its place."""
    for kind in ("versions", "aliases"):
        for name in table(document, kind):
            yield f"{dotted(kind, name)}.gone", table(document, kind, name, "gone")
    for index, row in rows(document.get("lifecycle")):
        yield f"lifecycle[{index}].gone", table(row, "gone")
