"""What keeps a policy true over the years: how long previews live, what SDKs are pinned to, and which checks are waived for a while."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_apiversion.core.versions.lifecycle import Boundary, Moment, instant
from pytest_apiversion.core.versions.notice_period import Notice


@dataclass(frozen=True, kw_only=True, slots=True)
class Previews:
    """How long previews live.

    Attributes:
        expires: `on-promotion` (when the version it leads to is released), `on-next-stable` (when the one after that is), or None.
        max_age: The longest life, counted from a preview's release, or None.
    """

    expires: str | None = None
    max_age: Notice | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sdk:
    """A release of an SDK and what it is pinned to.

    Attributes:
        name: The SDK.
        release: Its release: `1.4.2`, or `1.4.x` for all of them.
        api: What it is pinned to, as the SDK calls it: `1.4.*`, `2.x`; None where only the version is said.
        version: The declared version it speaks.
        deprecated: When it became deprecated, or will.
        sunset: When it stops being supported.
        place: Dotted place in the policy file.
    """

    name: str
    release: str
    version: str
    api: str | None = None
    deprecated: Moment | None = None
    sunset: Moment | None = None
    place: str = ""


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
