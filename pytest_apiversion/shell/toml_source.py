"""Reading TOML so that one slip does not hide the others: every mistake of syntax and every unset variable is collected."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

_DATE = re.compile(r"(?<![\"'\w.+-])\d{4}-\d\d?-\d\d?(?:[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)?)?(?![\"'\w])")
_AT = re.compile(r"\(at line (\d+), column \d+\)")
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_MAX_SLIPS = 100


def read_toml(text: str) -> tuple[dict[str, Any], list[str]]:
    """Parse TOML, repairing what can be repaired to go on.

    Returns:
        The document (empty when beyond repair) and one line per syntax mistake. An impossible date is kept as a string, so
        that whoever validates the document reports it at its dotted place.
    """
    mistakes: list[str] = []
    for _ in range(_MAX_SLIPS):
        try:
            return tomllib.loads(text), mistakes
        except tomllib.TOMLDecodeError as error:
            number = _line_number(str(error), text)
            lines = text.split("\n")
            line = lines[number - 1]
            quoted = _DATE.sub(lambda match: match[0] if _is_date(match[0]) else f'"{match[0]}"', line)
            if quoted == line:
                reason = _AT.sub("", str(error)).strip()
                mistakes.append(f"line {number}: not TOML: {reason[0].lower()}{reason[1:]}: {line.strip()[:60]!r}")
                quoted = ""
                if len(mistakes) > 1 and lines[number - 1] == "":
                    return {}, mistakes[:1]
            lines[number - 1] = quoted
            text = "\n".join(lines)
    return {}, mistakes


def _line_number(message: str, text: str) -> int:
    match = _AT.search(message)
    return int(match[1]) if match else text.rstrip("\n").count("\n") + 1


def _is_date(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def expand(value: Any, environment: Mapping[str, str], place: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401  a TOML value
    """Replace `${NAME}` in every string of a document, in place.

    Yields:
        `(dotted place, variable)` for every variable that is not set.
    """
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        inner = f"{place}[{key}]" if isinstance(value, list) else dotted(place, str(key))
        if isinstance(item, str):
            for name in variables(item):
                if name not in environment:
                    yield inner, name
            value[key] = _VARIABLE.sub(lambda match: environment.get(match[1], ""), item)
        else:
            yield from expand(item, environment, inner)


def variables(text: str) -> list[str]:
    """Names of the environment variables a string asks for."""
    return _VARIABLE.findall(text)


def shown(text: str) -> str:
    """The string with `$NAME` where a variable's value goes: what a shell would expand and a report may print."""
    return _VARIABLE.sub(r"$\1", text)


def dotted(place: str, key: str) -> str:
    """A dotted place one key deeper; a key that is no bare TOML key is quoted."""
    bare = key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{key}"'
    return f"{place}.{bare}" if place else bare


def line_of(text: str, place: str) -> int | None:
    """The line of a dotted place in a TOML text, as well as a scan of its headers and keys can tell."""
    keys = [key.strip('"') for key in re.findall(r'"[^"]*"|[^.\[\]]+', re.sub(r"\[\d+\]", "", place))]
    best: tuple[int, int] | None = None
    header: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if match := re.match(r"\[\[?([^\]]+)\]?\]", stripped):
            header = [key.strip(" \"'") for key in re.findall(r'"[^"]*"|[^.]+', match[1])]
            found = header
        elif match := re.match(r"([A-Za-z0-9_.\"' -]+?)\s*=", stripped):
            found = [*header, *(key.strip(" \"'") for key in re.findall(r'"[^"]*"|[^.]+', match[1]))]
        else:
            continue
        if found == keys[: len(found)] and (best is None or len(found) > best[0]):
            best = (len(found), number)
    return best[1] if best else None
