"""The version in the host's name."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.carrier import CarrierKind

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Request
    from pytest_apiversion.core.policy.selection import Carrier

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_LONGEST = 63
"""A version's share of a host name, so that the whole stays under the 253 characters of RFC 1035."""


def write(request: Request, carrier: Carrier, text: str) -> Request:
    """Asks for the host of the version; a second writing replaces the first."""
    return replace(request, host=carrier.template.replace("{version}", text))


def read(request: Request, carrier: Carrier) -> tuple[str, ...]:
    """The text in the host's name, lower case as host names are compared."""
    match = _host(carrier.template).fullmatch(request.host or "")
    return (match["version"].lower(),) if match else ()


def clean(request: Request, carrier: Carrier) -> Request:
    """Back to the base URL's own host."""
    return replace(request, host=None) if read(request, carrier) else request


def can_carry(text: str, carrier: Carrier | None = None) -> bool:  # noqa: ARG001  the answer is the same for all hosts
    """Whether a text is labels of lower-case letters, digits and inner hyphens; dots only between labels."""
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None


@cache
def _host(template: str) -> re.Pattern[str]:
    before, _, after = template.partition("{version}")
    return re.compile(f"{re.escape(before)}(?P<version>.+){re.escape(after)}", re.IGNORECASE | re.ASCII)


CARRIER = CarrierKind(kind="host", write=write, read=read, clean=clean, can_carry=can_carry)
