"""Policy files without something that they say: TOML taken out of TOML, and written down again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

NAMES = frozenset(
    {
        "name", "version", "header", "query", "value", "scheme", "reject", "code", "contract", "media_type", "parameter",
        "operation", "operations", "paths", "tags", "versions", "parameters", "request_members", "response_members",
    }
)  # fmt: skip
"""What says which thing is spoken of, or has to be said of it anyway."""
LIVES = frozenset({"released", "deprecated", "sunset", "from_contract"})
TOGETHER = frozenset({"gone", "echo"})
"""Tables that say one thing."""
WHOLE = frozenset({"headers", "members", "links", "tiers", "fields", "identifiers", "lists", "brownouts", "and"})
"""Lists whose rows say one thing each."""


def stands_in(part: Any, whole: Any) -> bool:
    """Whether TOML is part of other TOML: tables by their keys, rows by a row that has all of theirs."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and stands_in(part[key], whole[key]) for key in part)
    if isinstance(part, list) and any(isinstance(each, dict) for each in part):
        return isinstance(whole, list) and all(any(stands_in(each, other) for other in whole) for each in part)
    return bool(part == whole)


def without(part: Mapping[str, Any], whole: Mapping[str, Any]) -> dict[str, Any]:
    """A table without what a part of it says; what only names something stays, where more is said of that."""
    left = dict(whole)
    more = {key: value for key, value in part.items() if key not in NAMES or isinstance(value, dict)}
    for key, value in (more or part).items():
        if isinstance(value, dict) and key not in TOGETHER and not value.keys() & {"command", "token"}:
            left[key] = without(value, left[key])
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
            left[key] = _rows(key, value, left[key])
        else:
            del left[key]
            continue
        if not left[key]:
            del left[key]
    return left


def _rows(key: str, parts: list[Any], rows: list[Any]) -> list[Any]:
    found = list(rows)
    for part in parts:
        at = next(number for number, row in enumerate(found) if stands_in(part, row))
        more = part.keys() - NAMES - {"from"}
        whole = key in WHOLE or not more or (key == "lifecycle" and more & LIVES)
        found[at : at + 1] = [] if whole else [without({name: part[name] for name in more}, found[at])]
    return found


def toml_of(document: Mapping[str, Any]) -> str:
    """TOML of a document, a line for each of its tables."""
    return "".join(f"{json.dumps(key)} = {_value(value)}\n" for key, value in document.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_value(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value)
