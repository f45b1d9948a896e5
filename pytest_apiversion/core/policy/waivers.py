"""Waivers: checks of the policy that one version need not hold for a while."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_apiversion.core.versions.lifecycle import Boundary, instant


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckWaiver:
    """A check of the policy that one version need not hold for a while.

    Attributes:
        check: The check's code.
        version: The version or alias.
        reason: Why, for the report.
        until: The last day it counts, UTC.
        place: Dotted place in the policy file.
    """

    check: str
    version: str
    reason: str
    until: dt.date
    place: str = ""

    def counts(self, as_of: dt.datetime) -> bool:
        """Whether it counts at an instant: on its last day it does."""
        return as_of < instant(self.until, boundary=Boundary.END_OF_DAY)
