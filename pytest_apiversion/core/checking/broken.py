"""Broken promises: what a judge yields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.finding import Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """What a judge yields: the part of a finding only the judge knows.

    The shell adds version, operation and reproduction from the exchange.
    """

    summary: str
    expected: str
    received: str
    place: str
    severity: Severity | None = None
    exchange: Exchange | None = None
    """The exchange to blame, where a judge looked at several."""
    kind: str = ""
    """What tells it from what else is said of the same place, if anything has to; a baseline knows it by this."""
