"""A text of each format that OpenAPI and JSON Schema know, so that a value with such a text can be made and is known to be one."""

from __future__ import annotations

TEXTS = {
    "date": "2020-01-31",
    "date-time": "2020-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "duration": "P1D",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    **dict.fromkeys(("email", "idn-email"), "a@example.com"),
    **dict.fromkeys(("hostname", "idn-hostname"), "a.example"),
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    **dict.fromkeys(("uri", "url", "iri", "uri-reference", "iri-reference", "uri-template"), "https://a.example/"),
    "json-pointer": "/a",
    "relative-json-pointer": "0",
    **dict.fromkeys(("regex", "char"), "a"),
    **dict.fromkeys(("byte", "base64url"), "YWFh"),
}
"""Format -> a text of it."""

PATTERNS = {
    "uuid": "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
    "date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "date-time": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
}
"""Format -> a pattern that each text of it matches."""

_FREE = frozenset({"password", "binary"})
"""Formats that say how a text is shown or sent, not what it is."""


def is_of(name: str, text: str) -> bool | None:
    """Whether a text is of a format; None where that is not found out."""
    return True if name in _FREE or TEXTS.get(name) == text else None
