"""The version in a request header of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.http.media_ranges import is_field_text
from pytest_apiversion.core.policy.carrier import CarrierKind

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Request
    from pytest_apiversion.core.policy.selection import Carrier


def write(request: Request, carrier: Carrier, text: str) -> Request:
    """Adds a header line."""
    return replace(request, headers=(*request.headers, (carrier.name, text)))


def read(request: Request, carrier: Carrier) -> tuple[str, ...]:
    """Every line of the header, without the white space round it."""
    return tuple(value.strip(" \t") for name, value in request.headers if name.lower() == carrier.name.lower())


def clean(request: Request, carrier: Carrier) -> Request:
    """Takes every line of the header away."""
    return request.without_header(carrier.name)


def can_carry(text: str, carrier: Carrier | None = None) -> bool:  # noqa: ARG001  the answer is the same for all headers
    """Whether a text has no control characters, and nothing at its ends that would be trimmed."""
    return text == text.strip() and is_field_text(text)


CARRIER = CarrierKind(
    kind="header",
    write=write,
    read=read,
    clean=clean,
    can_carry=can_carry,
    repeatable=True,
    separator=",",  # two lines may become one on their way (RFC 9110 §5.3)
)
