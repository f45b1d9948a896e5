"""Media ranges of `Accept` (RFC 9110 §12.5.1), read and written: quoted strings, parameters in any case, several ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r'"(?:[^"\\]|\\.)*("?)|[,;]', re.DOTALL)
"""A quoted string, also one that nothing closes, or a separator."""
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_WEIGHT = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")
_TCHARS = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaRange:
    """One element of an `Accept` list.

    Attributes:
        text: The element as written.
        media_type: Type and subtype as written, without parameters.
        parameters: Pairs of lower-case name and unquoted value, `q` included.
    """

    text: str
    media_type: str
    parameters: tuple[tuple[str, str], ...]

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a parameter, whatever the case of its name."""
        return tuple(value for key, value in self.parameters if key == name.lower())

    @property
    def weight(self) -> float:
        """How much it is preferred, from 0, which is not acceptable, to 1, which it is where nothing readable is said (RFC 9110 §12.4.2)."""
        told = next(iter(self.values("q")), "")
        return float(told) if _WEIGHT.fullmatch(told) else 1.0


def media_ranges(text: str) -> tuple[MediaRange, ...]:
    """The ranges of an `Accept` value; elements that are no ranges are read as far as they go."""
    elements = (element.strip(" \t") for element in _split(text, ","))
    return tuple(_media_range(element) for element in elements if element)


def is_token(text: str) -> bool:
    """Whether a text is a token (RFC 9110 §5.6.2)."""
    return _TCHARS.fullmatch(text) is not None


def parameter_value(text: str) -> str:
    """A parameter value: a token as it is, anything else as a quoted string (RFC 9110 §5.6.4)."""
    return text if is_token(text) else '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def is_field_text(text: str) -> bool:
    """Whether a text may stand inside a field value: no control characters but tabs, no lone surrogates."""
    return all((char >= " " or char == "\t") and char != "\x7f" and not "\ud800" <= char <= "\udfff" for char in text)


def _media_range(text: str) -> MediaRange:
    sections = [section.strip(" \t") for section in _split(text, ";") if section]
    pairs = (section.partition("=") for section in sections[1:])
    return MediaRange(
        text=text,
        media_type=sections[0] if sections else "",
        parameters=tuple(
            (name.strip(" \t").lower(), _unquoted(value.strip(" \t"))) for name, equals, value in pairs if equals
        ),
    )


def _split(text: str, separator: str) -> list[str]:
    """The pieces between separators outside quoted strings; from a quote on that nothing closes, quotes are characters like any other."""
    pieces, start = [], 0
    for mark in _MARK.finditer(text):
        if mark[0] == separator:
            pieces.append(text[start : mark.start()])
            start = mark.end()
        elif mark[1] == "":
            first, *others = text[mark.start() :].split(separator)
            return [*pieces, text[start : mark.start()] + first, *others]
    return [*pieces, text[start:]]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return _ESCAPED.sub(r"\1", value[1:-1])
    return value
