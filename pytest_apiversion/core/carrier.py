"""The type of a carrier kind: how one place of a request holds a version's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_apiversion.core.exchange import Request
    from pytest_apiversion.core.policy import Carrier


class CanCarry(Protocol):
    """Whether a text can be put into a carrier so that it arrives as that text."""

    def __call__(self, text: str, carrier: Carrier | None = None) -> bool:
        """Without a carrier the answer is for the kind's plainest use."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CarrierKind:
    """How one place of a request holds a version's text.

    The law: `read(write(request, carrier, text), carrier) == (text,)` for every request without a selection in this
    carrier and every text that can be carried.

    Attributes:
        kind: `path`, `header`, `query`, `accept` or `host`.
        write: Adds the text; a second writing to header, query or accept adds a second text.
        read: The texts found, in order.
        clean: Takes the selection away.
        can_carry: Whether a text arrives as that text.
    """

    kind: str
    write: Callable[[Request, Carrier, str], Request]
    read: Callable[[Request, Carrier], tuple[str, ...]]
    clean: Callable[[Request, Carrier], Request]
    can_carry: CanCarry


def is_unicode(text: str) -> bool:
    """Whether a text can be encoded at all: it has no lone surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
