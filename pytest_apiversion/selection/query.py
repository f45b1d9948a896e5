"""The version in a query parameter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.carriers import CarrierKind, is_unicode

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.core.policy.carriers import Carrier


def write(request: Request, carrier: Carrier, text: str) -> Request:
    """Adds the parameter."""
    return replace(request, query=(*request.query, (carrier.name, text)))


def read(request: Request, carrier: Carrier) -> tuple[str, ...]:
    """Every value of the parameter."""
    return tuple(value for name, value in request.query if _is(name, carrier))


def clean(request: Request, carrier: Carrier) -> Request:
    """Takes the parameter away."""
    return replace(request, query=tuple(pair for pair in request.query if not _is(pair[0], carrier)))


def _is(name: str, carrier: Carrier) -> bool:
    """Whether the service takes a name for the parameter's."""
    return name == carrier.name or (carrier.any_case and name.lower() == carrier.name.lower())


def can_carry(text: str, carrier: Carrier | None = None) -> bool:  # noqa: ARG001  the answer is the same for all names
    """Whether a text can be percent-encoded."""
    return is_unicode(text)


CARRIER = CarrierKind(kind="query", write=write, read=read, clean=clean, can_carry=can_carry, repeatable=True)
