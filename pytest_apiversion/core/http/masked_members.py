"""Members of bodies whose values no report shows: tokens and passwords that a service gives to whoever asks, and that are in no variable."""

from __future__ import annotations

import re
from functools import lru_cache

NAMES = (
    "access_token",
    "api_key",
    "api_token",
    "auth_token",
    "client_secret",
    "id_token",
    "passwd",
    "password",
    "private_key",
    "refresh_token",
    "secret",
    "secret_key",
    "session_token",
    "token",
)
"""Of these members where a policy names none: however they are written, `accessToken` and `access-token` too."""

_MARKS = re.compile(r"[_-]|(?<=[a-z0-9])(?=[A-Z])")
"""Between the words of a name."""


_VALUES = (
    (r'"\s{0,8}:\s{0,8}"(?!\$)', r'(?:[^"\\]|\\.){4,}+'),
    (r'\\{1,8}"\s{0,8}:\s{0,8}\\{1,8}"(?!\$)', r'[^"\\]{4,}+'),
    (r' = "(?!\$)', r'(?:[^"\\]|\\.){4,}+'),
    (r"=(?!\$)", r'[^\s"&;,<>{}\[\]]{4,}+'),
)
"""Between the name and the value, and the value: in JSON, in JSON in a string, where a place is told, in a form or a query. What is masked already stays."""


def without_members(text: str, names: tuple[str, ...]) -> str:
    """The text with an ellipsis in the place of each string of four characters and more that is the value of one of these members.

    Args:
        text: What is told, whole or cut.
        names: Of the members.
    """
    return pattern_of(names).sub(_shown, text) if names else text


def _shown(found: re.Match[str]) -> str:
    return f"{found['name']}{next(filter(None, found.groups()[1:]))}…"


@lru_cache(maxsize=64)
def pattern_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """What finds the values of these members."""
    written = "|".join("[_-]?".join(map(re.escape, filter(None, _MARKS.split(name)))) for name in names)
    values = "|".join(f"({before}){value}" for before, value in _VALUES)
    return re.compile(rf"(?<![A-Za-z0-9_-])(?P<name>{written})(?:{values})", re.IGNORECASE | re.DOTALL)
