"""Writes JSON with indentation, as `json.dumps` does: that one is written in Python as soon as it indents, and takes four times as long."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any

_STEP = "  "


def indented(value: Any) -> str:
    """The text that `json.dumps(value, ensure_ascii=False, indent=2)` gives for a value that was read from JSON or YAML."""
    made: list[str] = []
    _write(value, "\n", made)
    return "".join(made)


def _write(value: Any, line: str, made: list[str]) -> None:
    if isinstance(value, str):
        made.append(encode_basestring(value))
    elif isinstance(value, dict) and value:
        inner, before = line + _STEP, "{"
        for key, part in value.items():
            made.append(f"{before}{inner}{encode_basestring(key) if isinstance(key, str) else _key(key)}: ")
            before = ","
            if isinstance(part, str):
                made.append(encode_basestring(part))
            else:
                _write(part, inner, made)
        made.append(f"{line}}}")
    elif isinstance(value, list) and value:
        inner, before = line + _STEP, "["
        for part in value:
            made.append(before + inner)
            before = ","
            _write(part, inner, made)
        made.append(f"{line}]")
    else:
        made.append(json.dumps(value, ensure_ascii=False))


def _key(key: Any) -> str:
    """A name that is no text, as `json` writes it."""
    return json.dumps({key: 0}, ensure_ascii=False)[1:].rpartition(":")[0]
