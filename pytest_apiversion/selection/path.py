"""The version in the path: a prefix such as `/api/{version}` before the operation's own path."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from pytest_apiversion.core.policy.carrier import CarrierKind, is_unicode

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Request
    from pytest_apiversion.core.policy.selection import Carrier


def split(template: str, path: str) -> tuple[str, str] | None:
    """A concrete path's version text, decoded, and the path behind the prefix; None when it has no such prefix."""
    match = _prefix(template).match(path)
    return (unquote(match["version"]), path[match.end() :] or "/") if match else None


def write(request: Request, carrier: Carrier, text: str) -> Request:
    """Puts the prefix before the path, the text percent-encoded."""
    return replace(request, path=carrier.template.replace("{version}", quote(text, safe="")) + request.path)


def read(request: Request, carrier: Carrier) -> tuple[str, ...]:
    """The text in the prefix."""
    found = split(carrier.template, request.path)
    return (found[0],) if found else ()


def clean(request: Request, carrier: Carrier) -> Request:
    """Takes the prefix away."""
    found = split(carrier.template, request.path)
    return replace(request, path=found[1]) if found else request


def can_carry(text: str, carrier: Carrier | None = None) -> bool:  # noqa: ARG001  the answer is the same for all templates
    """Whether a text is one path segment; many servers mangle encoded slashes, and dot segments vanish on the way."""
    return text not in {"", ".", ".."} and "/" not in text and is_unicode(text)


@cache
def _prefix(template: str) -> re.Pattern[str]:
    before, _, after = template.partition("{version}")
    return re.compile(f"{re.escape(before)}(?P<version>[^/?#]+){re.escape(after)}(?=[/?#]|$)")


CARRIER = CarrierKind(kind="path", write=write, read=read, clean=clean, can_carry=can_carry, in_path=True)
