"""Reading TOML so that one slip does not hide the others: each statement is read by itself, and what cannot be read is named.

A statement that cannot be read is stood in for by a value that nobody expects, so that nobody misses its key either.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pytest_apiversion.shell.texts.toml_places import Statement, bare_keys, dotted, places, statements

__all__ = ["Mistake", "Toml", "dotted", "expand", "read_toml", "shown", "variables"]

_DATE = re.compile(r"(?<![\"'\w.+-])\d{4}-\d\d?-\d\d?(?:[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)?)?(?![\"'\w])")
_AT = re.compile(r"(?<!\s)\s*\(at (?:line (\d+), column \d+|end of document)\)")
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_MAX_SLIPS = 100
_STAND_IN = r'"\u0000"'


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """One mistake of a policy file.

    Attributes:
        place: Dotted place; empty is the whole file.
        text: What was expected, and what is there.
        line: The line, counted from 1; None where only the place is known.
        hides: Whether nothing more should be said of this place.
    """

    place: str
    text: str
    line: int | None = None
    hides: bool = True


@dataclass(frozen=True, kw_only=True)
class Toml:
    """A TOML text, read as far as it can be.

    Attributes:
        document: What could be read.
        mistakes: What could not.
        source: The text, or the statements of it that could be read.
    """

    document: dict[str, Any]
    mistakes: list[Mistake] = field(default_factory=list)
    source: str | Sequence[Statement] = ""

    @cached_property
    def lines(self) -> Mapping[str, int]:
        """Line numbers by dotted place; nobody asks for them where a file is right, and they cost more than reading it."""
        return places(list(statements(self.source)) if isinstance(self.source, str) else list(self.source))


def read_toml(text: str) -> Toml:
    """Parse TOML, statement by statement where it cannot be parsed whole.

    An impossible date is kept as a string, so that whoever validates the document reports it at its dotted place. Of a key
    or table that comes twice the first counts.
    """
    document, _ = _parse(text)
    if document is not None:
        return Toml(document=document, source=text)
    mistakes: list[Mistake] = []
    kept: list[Statement] = []
    for statement in statements(text):
        repaired, mistake = _repair(statement)
        mistakes += [mistake] if mistake else []
        if repaired and not (repaired.header and not repaired.header.keys):  # of which table its keys are nobody knows
            kept.append(repaired)
    document = {}
    for _ in range(_MAX_SLIPS):
        parsed, _ = _parse(_joined(kept))
        if parsed is not None:
            document = parsed
            break
        culprit = _culprit(kept)
        what = "table" if culprit.is_header else "key"
        first = next((each.line for each in kept if each.place == culprit.place and each is not culprit), None)
        again = f"expected each {what} once, got it again" + (f" (first in line {first})" if first else "")
        mistakes.append(Mistake(place=culprit.place, text=again, line=culprit.line, hides=False))
        kept = [each for each in kept if each is not culprit and not (culprit.is_header and each.header == culprit)]
    return Toml(document=document, mistakes=mistakes, source=kept)


def _parse(text: str) -> tuple[dict[str, Any] | None, str]:
    try:
        return tomllib.loads(text), ""
    except RecursionError:
        return None, "nested too deeply"
    except ValueError as error:  # besides syntax: numbers too long for `int`
        return None, str(error)


def _culprit(kept: list[Statement]) -> Statement:
    """The first statement that cannot follow those before it; each of them can be read by itself, all of them cannot."""
    numbers = range(1, len(kept) + 1)
    return kept[bisect_left(numbers, 1, key=lambda number: int(_parse(_joined(kept[:number]))[0] is None))]


def _joined(kept: list[Statement]) -> str:
    """The text of the statements, each on its own lines."""
    lines: list[str] = []
    for statement in kept:
        lines += [""] * (statement.line - 1 - len(lines))
        lines += statement.text.split("\n")
    return "\n".join(lines)


def _line_number(message: str, text: str) -> int:
    """The line a parser's message names; the first where it names none."""
    match = _AT.search(message)
    if match is None:
        return 1
    return int(match[1]) if match[1] else text.rstrip("\n").count("\n") + 1


def _repair(statement: Statement) -> tuple[Statement | None, Mistake | None]:
    """The statement as it can be read, and what was wrong with it."""
    parsed, error = _parse(statement.text)
    if parsed is not None:
        return statement, None
    dated = _DATE.sub(lambda match: match[0] if _is_date(match[0]) else f'"{match[0]}"', statement.text)
    if dated != statement.text and _parse(dated)[0] is not None:
        return statement.saying(dated), None
    lines = statement.text.split("\n")
    offset = min(_line_number(error, statement.text), len(lines)) - 1
    line = lines[offset].strip()
    secret = statement.place.startswith("credentials")  # the line may hold one, written where it should not be
    got = "a line that is none" if secret else repr(line if len(line) <= 60 else f"{line[:59]}…")  # noqa: PLR2004  one line
    reason = _AT.sub("", error).strip() or "it cannot be read"
    mistake = Mistake(
        place=statement.place,
        text=f"expected TOML, got {got} ({reason[0].lower()}{reason[1:]})",
        line=statement.line + offset,
        hides=bool(statement.keys) and not statement.is_header,
    )
    if not statement.keys:
        return None, mistake
    stand_in = bare_keys(statement.keys)
    stand_in = (
        (f"[[{stand_in}]]" if statement.is_array else f"[{stand_in}]")
        if statement.is_header
        else f"{stand_in} = {_STAND_IN}"
    )
    return statement.saying(stand_in), mistake


def _is_date(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def expand(value: Any, environment: Mapping[str, str], place: str = "") -> Iterator[tuple[str, str]]:
    """Replace `${NAME}` in every string of a document, in place.

    Yields:
        `(dotted place, variable)` for every variable that is not set.
    """
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        inner = f"{place}[{key}]" if isinstance(value, list) else dotted(place, str(key))
        if isinstance(item, str):
            named = variables(item)
            yield from ((inner, name) for name in named if name not in environment)
            if named:
                value[key] = _VARIABLE.sub(lambda match: environment.get(match[1], ""), item)
        else:
            yield from expand(item, environment, inner)


def variables(text: str) -> list[str]:
    """Names of the environment variables a string asks for."""
    return list(dict.fromkeys(_VARIABLE.findall(text)))


def shown(text: str) -> str:
    """The string with `$NAME` where a variable's value goes: what a shell would expand and a report may print."""
    return _VARIABLE.sub(r"$\1", text)


class Stamp(str):
    """A TOML date or time as text: a string only where a date is expected."""

    __slots__ = ()


def jsonable(value: Any) -> Any:
    """A copy of a TOML value as JSON: dates and times become ISO 8601 texts."""
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [jsonable(item) for item in value]
    return Stamp(value.isoformat()) if isinstance(value, dt.date | dt.time) else value
