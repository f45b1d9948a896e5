"""Instants around the dates of a version, and the stage it is in there: the table every check that depends on time is held to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pytest_apiversion.core.checking.check import Check, Scene
from pytest_apiversion.core.versions.lifecycle import Boundary, Lifecycle, Stage
from tests.checks.builders import instant

END = Boundary.END_OF_DAY
DAY = Lifecycle(
    released=dt.date(2024, 2, 29), deprecated=dt.date(2026, 7, 1), sunset=dt.date(2027, 7, 1), successor="v2"
)
LEAP = Lifecycle(
    released=dt.date(2024, 2, 28), deprecated=dt.date(2024, 2, 29), sunset=dt.date(2028, 2, 29), successor="v2"
)
NOON = replace(DAY, deprecated=instant("2026-07-01T12:00:00"), sunset=instant("2027-07-01T12:00:00+02:00"))
YEAR_END = replace(DAY, sunset=dt.date(2026, 12, 31))

MOMENTS: dict[str, tuple[Lifecycle, str, Stage]] = {
    # name: the dates, the instant, and the stage
    "before-release": (DAY, "2024-02-28T23:59:59.999999", Stage.PLANNED),
    "release-on-a-leap-day": (DAY, "2024-02-29T00:00:00", Stage.LIVE),
    "day-before-deprecation": (DAY, "2026-06-30T00:00:00", Stage.LIVE),
    "last-instant-before-deprecation": (DAY, "2026-06-30T23:59:59.999999", Stage.LIVE),
    "first-instant-of-deprecation": (DAY, "2026-07-01T00:00:00", Stage.DEPRECATED),
    "deprecation-elsewhere-yesterday": (DAY, "2026-06-30T20:00:00-04:00", Stage.DEPRECATED),
    "deprecation-elsewhere-already": (DAY, "2026-07-01T01:59:59+02:00", Stage.LIVE),
    "day-before-sunset": (DAY, "2027-06-30T00:00:00", Stage.DEPRECATED),
    "last-instant-of-service": (DAY, "2027-06-30T23:59:59.999999", Stage.DEPRECATED),
    "first-instant-after-sunset": (DAY, "2027-07-01T00:00:00", Stage.SUNSET),
    "end-of-day-first-instant": (replace(DAY, boundary=END), "2027-07-01T00:00:00", Stage.DEPRECATED),
    "end-of-day-last-instant": (replace(DAY, boundary=END), "2027-07-01T23:59:59.999999", Stage.DEPRECATED),
    "end-of-day-next-day": (replace(DAY, boundary=END), "2027-07-02T00:00:00", Stage.SUNSET),
    "end-of-day-year-end": (replace(YEAR_END, boundary=END), "2026-12-31T23:59:59", Stage.DEPRECATED),
    "end-of-day-new-year": (replace(YEAR_END, boundary=END), "2027-01-01T00:00:00", Stage.SUNSET),
    "leap-day-deprecation-before": (LEAP, "2024-02-28T23:59:59", Stage.LIVE),
    "leap-day-deprecation": (LEAP, "2024-02-29T00:00:00", Stage.DEPRECATED),
    "leap-day-sunset-before": (LEAP, "2028-02-28T23:59:59", Stage.DEPRECATED),
    "leap-day-sunset": (LEAP, "2028-02-29T00:00:00", Stage.SUNSET),
    "leap-day-end-of-day": (replace(LEAP, boundary=END), "2028-02-29T23:59:59", Stage.DEPRECATED),
    "leap-day-end-of-day-after": (replace(LEAP, boundary=END), "2028-03-01T00:00:00", Stage.SUNSET),
    "instant-before-deprecation": (NOON, "2026-07-01T11:59:59", Stage.LIVE),
    "instant-of-deprecation": (NOON, "2026-07-01T12:00:00", Stage.DEPRECATED),
    "instant-before-sunset": (NOON, "2027-07-01T09:59:59", Stage.DEPRECATED),
    "instant-of-sunset": (NOON, "2027-07-01T10:00:00", Stage.SUNSET),
    "instant-heeds-no-boundary": (replace(NOON, boundary=END), "2027-07-01T10:00:00", Stage.SUNSET),
    "preview": (Lifecycle(released=dt.date(2026, 1, 1), preview=True), "2026-07-01T00:00:00", Stage.PREVIEW),
    "preview-planned": (Lifecycle(released=dt.date(2026, 1, 1), preview=True), "2025-12-31T23:59:59", Stage.PLANNED),
    "preview-deprecated": (
        Lifecycle(deprecated=dt.date(2026, 1, 1), preview=True),
        "2026-07-01T00:00:00",
        Stage.DEPRECATED,
    ),
    "no-dates": (Lifecycle(), "1999-12-31T23:59:59", Stage.LIVE),
    "sunset-without-deprecation": (Lifecycle(sunset=dt.date(2026, 6, 1)), "2026-06-01T00:00:00", Stage.SUNSET),
    "sunset-long-past": (
        Lifecycle(released=dt.date(2024, 1, 1), sunset=dt.date(2026, 6, 1)),
        "2026-11-20T00:00:00",
        Stage.SUNSET,
    ),
    "sunset-day-is-release-day": (
        Lifecycle(released=dt.date(2026, 6, 1), sunset=dt.date(2026, 6, 1)),
        "2026-06-01T00:00:00",
        Stage.SUNSET,
    ),
}


def is_promised(check: Check, where: Scene) -> bool:
    """Whether a check promises something of a scene's subject."""
    return check.promised(where) is not None
