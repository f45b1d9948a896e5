"""Reads the rest of a JSON or YAML text that is none: what cannot be read is left out, and a mark stands in its place."""

from __future__ import annotations

import re
from typing import Any

from pytest_apiversion.shell.texts.json_text import Unreadable, parse_json, pointer

MOST = 20
"""Places of a text that are mended."""

# Groups are not repeated possessively: Python before 3.11.5 takes other texts for that (gh-106052).
_KEY = re.compile(
    r"""(?P<lead>\s*+(?:-\s++)*)(?!-\s)(?P<key>(?:"[^"]*"|'[^']*')\s*+|[^\s#"'\[\]{},](?:[^\n:]|:(?!\s|$))*):(?=\s|$)"""
)
_ITEM = re.compile(r"(?P<lead>\s*(?:-\s+)*-)(?=\s|$)")
_MEMBER = re.compile(r"""\s*"(?:[^"\\]|\\.)*"\s*:""")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_BRACKETS = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[\[\]{},]')

Left = list[tuple[str, str]]
"""Where in the text something was left out (`:12` is a line, a JSON pointer a place), and why."""


def rest_of(text: str, *, is_json: bool, mark: str) -> tuple[Any, Left]:
    """What can be read of a text.

    Args:
        text: The text.
        is_json: Whether it is meant to be JSON.
        mark: The member that stands in the place of what is left out.

    Raises:
        Unreadable: Nothing can be read, or too much would have to be left out.
    """
    left: Left = []
    first: Unreadable | None = None
    for _ in range(MOST):
        try:
            return _parsed(text, is_json=is_json), left
        except Unreadable as error:
            first = first or error
            if error.rest is not None:
                return _without_doubtful(error, mark, left)
            mended = (_mended_json if is_json else _mended_yaml)(text, error, mark)
            if mended is None or mended[0] == text:
                break
            text, line = mended
            left.append((f":{line + 1}", error.mistakes[0].removeprefix(": ")))
    raise first or Unreadable(": expected a document, got none")


def _parsed(text: str, *, is_json: bool) -> Any:
    if is_json:
        return parse_json(text)
    from pytest_apiversion.shell.texts.yaml_text import parse_yaml  # noqa: PLC0415  JSON needs none of it

    return parse_yaml(text)


def _without_doubtful(error: Unreadable, mark: str, left: Left) -> tuple[Any, Left]:
    """What was read, a mark in the place of each part that cannot be told: members that are there twice, and their like."""
    for place, what in error.doubtful:
        holder = error.rest
        for part in place[:-1]:
            holder = holder[int(part) if isinstance(holder, list) else str(part)]
        if place and isinstance(holder, dict):
            holder[str(place[-1])] = {mark: True}
        elif place and isinstance(holder, list) and int(place[-1]) < len(holder):
            holder[int(place[-1])] = {mark: True}
        left.append((f" {pointer(place)}", what))
    return error.rest, left


def _mended_yaml(text: str, error: Unreadable, mark: str) -> tuple[str, int] | None:
    """The text without the block in which it ceases to be YAML, and the line where that begins."""
    lines = text.split("\n")
    at = error.line
    if at is None:
        return None
    at = min(at, len(lines) - 1)
    while at >= 0:
        line = lines[at]
        found = _KEY.match(line) or _ITEM.match(line)
        if found and mark not in line:
            break
        at = _above(lines, at)
    else:
        return None
    key = found.groupdict().get("key")
    made = f"{found['lead']}{key + ':' if key else ''} {{{mark}: true}}"
    return "\n".join([*lines[:at], made, *lines[_end(lines, at, found["lead"], listed=key is None) :]]), at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _above(lines: list[str], at: int) -> int:
    """The line of what holds a line, or the one before it; -1 where there is none."""
    mine = _indent(lines[at]) if lines[at].strip() else 1 << 30
    return next((each for each in range(at - 1, -1, -1) if lines[each].strip() and _indent(lines[each]) < mine), -1)


def _end(lines: list[str], at: int, lead: str, *, listed: bool) -> int:
    """The line after the block that begins at a line."""
    depth = _indent(lines[at]) if listed else len(lead)
    end = at + 1
    while end < len(lines):
        line = lines[end]
        plain_list = not listed and "-" not in lead and line.lstrip().startswith("- ") and _indent(line) == depth
        if line.strip() and _indent(line) <= depth and not plain_list:
            break
        end += 1
    return end


def _mended_json(text: str, error: Unreadable, mark: str) -> tuple[str, int] | None:
    """The text with a comma more or less, without a comment or a member of one line, or closed where it ends too early; and the line."""
    at = error.position
    if at is None:
        return None
    before, rest, line = text[:at].rstrip(), text[at:], text.count("\n", 0, at)
    if comment := _COMMENT.match(rest):
        return text[:at] + rest[comment.end() :], line
    if not rest.strip() or "Unterminated string" in error.mistakes[0]:
        return _closed(text[:at], mark), line
    if (comma := _comma(before, rest, error)) is not None:
        return comma, line
    lines = text.split("\n")
    member = _MEMBER.match(lines[line])
    if member is None or mark in lines[line] or lines[line].rstrip().endswith(("{", "[")):
        return None
    more = "".join(lines[line + 1 : line + 3]).lstrip().startswith('"')
    lines[line] = f'{member[0]} {{"{mark}": true}}{"," if more else ""}'
    return "\n".join(lines), line


def _comma(before: str, rest: str, error: Unreadable) -> str | None:
    """The text with the comma that is missing, or without the one too many; None where it is no comma that is wrong."""
    if before.endswith(",") and rest[0] in "}]":
        return before[:-1] + rest
    if rest[0] == "," and rest[1:].lstrip()[:1] in {"}", "]"}:
        return before + rest[1:]
    if "delimiter" in error.mistakes[0] and rest[0] == '"' and before.endswith(('"', "}", "]")):
        return f"{before},{rest}"
    return None


def _closed(text: str, mark: str) -> str:
    """A text that ends too early, without the member it ends in; of whatever is open, a mark says that something is missing."""
    end = 0
    open_brackets: list[str] = []
    for found in _BRACKETS.finditer(text):
        told = found[0]
        if told in {"{", "["}:
            open_brackets.append(told)
        elif told in {"}", "]"} and open_brackets:
            open_brackets.pop()
        if told[0] != '"':
            end = found.end()
    kept = text[:end].rstrip(",")
    made = [kept]
    for bracket in reversed(open_brackets):
        comma = "" if len(made) == 1 and kept.endswith(("{", "[")) else ","
        made.append(f'{comma}"{mark}": true}}' if bracket == "{" else f'{comma}{{"{mark}": true}}]')
    return "".join(made)
