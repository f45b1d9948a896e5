"""Statuses (RFC 9110 §15): classes of them, and patterns such as `4xx`."""

from __future__ import annotations


def status_matches(status: int, patterns: tuple[str, ...]) -> bool:
    """Whether a status is among patterns such as `404`, `4xx` and `*`."""
    text = str(status)
    return any(pattern in {"*", text} or pattern.lower() == f"{text[0]}xx" for pattern in patterns)
