"""What an answer amounts to, in the words of the page."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from tests.frameworks.asking import Answer

_USUAL = {
    *("date", "server", "content-type", "content-length", "connection", "keep-alive", "transfer-encoding", "etag"),
    *("x-powered-by", "x-content-type-options", "x-frame-options", "referrer-policy", "cross-origin-opener-policy"),
    *(
        "content-security-policy",
        "strict-transport-security",
        "access-control-expose-headers",
        "access-control-allow-origin",
    ),
    *("cache-control", "accept-ranges", "last-modified", "expires", "x-dns-prefetch-control"),
}
"""Headers that say nothing of versions."""
_ONE_OFF = re.compile(
    r"(?i)(req-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|127\.0\.0\.1:\d+|\"[0-9]{10,}\""
)
"""What is another in each answer."""
_SETS = {"allow", "access-control-allow-methods"}
"""Headers whose order says nothing; some frameworks have another one in each process."""
_LONG = 80
_DEEP = 4
_MANY = 6


def told(answer: Answer) -> str:
    """Which version served, or the media type and the shape of what came back."""
    if not answer.body:
        return "no body"
    media_type = answer.media_type or "no content type"
    try:
        value = answer.json
    except (UnicodeDecodeError, json.JSONDecodeError):
        return media_type
    if isinstance(value, dict) and "served" in value:
        return f"serves {value['served']}"
    if isinstance(value, dict) and (said := value.get("openapi", value.get("swagger"))):
        return f"OpenAPI {said}, `info.version` {value['info'].get('version')!r}".replace("'", "`")
    return f"{media_type} `{shape(value)}`"


def one_of(said: str, by_chance: Sequence[str]) -> str:
    """What was said; all that may be said where it is one of several answers that come by chance."""
    return f"{' or '.join(by_chance)}, by chance" if said in by_chance else said


def shape(value: Any, depth: int = 0) -> str:
    """The members of a value and what kind of value each has: `{detail: text}`."""
    if isinstance(value, dict):
        members = [f"{name}: {shape(each, depth + 1)}" for name, each in list(value.items())[:_MANY]]
        inside = "…" if depth == _DEEP else ", ".join([*members, *(["…"] if len(value) > _MANY else [])])
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{'…' if depth == _DEEP else shape(value[0], depth + 1) if value else ''}]"
    if isinstance(value, bool):
        return str(value).lower()
    return {str: "text", type(None): "null"}.get(type(value), "number")


def marks(answer: Answer) -> str:
    """The headers that may speak of versions, of methods or of where to go."""
    said = (
        (name, _ordered(value) if name in _SETS else _ONE_OFF.sub("…", value))
        for name, value in sorted(answer.headers.items())
        if name not in _USUAL
    )
    return ", ".join(f"`{name}: {value[:_LONG]}{'…' if len(value) > _LONG else ''}`" for name, value in said)


def _ordered(value: str) -> str:
    return ", ".join(sorted(each.strip() for each in value.split(",")))
