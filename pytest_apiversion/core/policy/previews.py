"""Previews: how long they live."""

from __future__ import annotations

from dataclasses import dataclass

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
