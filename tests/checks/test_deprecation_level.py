"""AV506: the level a deprecation names is the one that the days left before the sunset give."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pytest_apiversion.checks.deprecation_level import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.policy.responses import Deprecation, DeprecationHeader
from pytest_apiversion.core.versions.deprecation_levels import DeprecationLevel
from pytest_apiversion.core.versions.lifecycle import Boundary, Lifecycle, Stage
from tests.checks.builders import V1, Row, agrees, error, instant, living, policy, response, row, said, scene
from tests.checks.moments import MOMENTS, is_promised

HEADER = DeprecationHeader(
    name="X-Level",
    pattern="warning|critical",
    levels=(DeprecationLevel(level="warning"), DeprecationLevel(level="critical", days=30)),
    place="deprecation.headers[0]",
)
"""`v1` ends on 2027-01-01: thirty days are left from 2026-12-02 on."""


def where(at: str, life: Lifecycle = V1, header: DeprecationHeader = HEADER) -> Scene:
    """`v1` at an instant."""
    return scene(living(life, deprecation=Deprecation(headers=(header,))), "v1", as_of=instant(at))


def told(expected: str | tuple[str, ...], level: str | None, of: Scene, status: int = 200) -> Row:
    """A row in which `v1` names a level."""
    headers = (("X-Level", level),) if level is not None else ()
    return row(expected, response(status, None if status < 400 else error(), headers=headers), of)


EXCLUSIVE = replace(HEADER, inclusive=False)
ON_SUCCESS = replace(HEADER, statuses=("2xx",))
END = replace(V1, boundary=Boundary.END_OF_DAY)

ZERO = replace(HEADER, levels=(*HEADER.levels, DeprecationLevel(level="over", days=0)))


def ended(expected: str | tuple[str, ...], level: str) -> Row:
    """A row in which `v1` names a level after its end."""
    return row(
        expected, response(410, error(), headers=(("X-Level", level),)), where("2027-01-02", header=ZERO), Aim.SUNSET
    )


SILENT = {
    "after-the-end": ended("held", "over"),
    "31-days": told("held", "warning", where("2026-12-01")),
    "31-days-last-instant": told("held", "warning", where("2026-12-01T23:58:00")),
    "30-days": told("held", "critical", where("2026-12-02T00:02:00")),
    "29-days": told("held", "critical", where("2026-12-03")),
    "1-day": told("held", "critical", where("2026-12-31")),
    "on-an-error-too": told("held", "critical", where("2026-12-31"), 404),
    "this-minute-not-yet": told("held", "warning", where("2026-12-02T00:00:00")),
    "this-minute-already": told("held", "critical", where("2026-12-01T23:59:30")),
    "exclusive": told("held", "warning", where("2026-12-02T12:00:00", header=EXCLUSIVE)),
    "exclusive-a-day-later": told("held", "critical", where("2026-12-03T00:02:00", header=EXCLUSIVE)),
    "end-of-day": told("held", "warning", where("2026-12-02T12:00:00", END)),
    "end-of-day-30-days": told("held", "critical", where("2026-12-03T12:00:00", END)),
    "not-promised-on-errors": told("unspoken", "warning", where("2026-12-31", header=ON_SUCCESS), 404),
    "absent-is-av501s": told("unspoken", None, where("2026-12-31")),
    "no-level-at-all-is-av503s": told("unspoken", "Critical", where("2026-12-31")),
    "another-aim": row(
        "unspoken", response(headers=(("X-Level", "warning"),)), where("2026-12-31"), Aim.UNKNOWN, probe="v9"
    ),
    "no-end-declared": told("unpromised", "critical", where("2026-12-31", replace(V1, sunset=None))),
    "no-levels": told("unpromised", "warning", where("2026-12-31", header=replace(HEADER, levels=()))),
    "over": told("unpromised", "warning", where("2027-01-01")),
    "nothing-announced": row("unpromised", response(), scene(policy(), "v1")),
}

SPEAK = {
    "after-the-end": ended(("X-Level is critical where it is over",), "critical"),
    "30-days-still-warning": told(
        ("X-Level is warning where it is critical",), "warning", where("2026-12-02T12:00:00")
    ),
    "1-day-still-warning": told(("X-Level is warning",), "warning", where("2026-12-31T23:00:00")),
    "31-days-already-critical": told(("X-Level is critical",), "critical", where("2026-12-01T12:00:00")),
    "critical-from-the-first-day": told(("X-Level is critical",), "critical", where("2026-01-01")),
    "on-an-error": told(("X-Level is warning",), "warning", where("2026-12-31"), 404),
    "exclusive-a-day-early": told(("is critical",), "critical", where("2026-12-02T12:00:00", header=EXCLUSIVE)),
    "end-of-day-a-day-early": told(("is critical",), "critical", where("2026-12-02T12:00:00", END)),
    "sunset-at-noon": told(
        ("is warning",), "warning", where("2026-12-02T12:30:00", replace(V1, sunset=instant("2027-01-01T12:00:00")))
    ),
    "leap-day": told(
        ("is warning",), "warning", where("2028-02-29T12:00:00", replace(V1, sunset=dt.date(2028, 3, 30)))
    ),
}


def test_the_finding_says_how_long_is_left() -> None:
    """The reader sees the level due, the time left and when the service stops."""
    assert CHECK.judge is not None
    for at, left in {"2026-12-03": "29 days", "2026-12-30T12:00:00": "1 day and 12:00:00"}.items():
        late = told("", "warning", where(at))
        (each,) = CHECK.judge(late.exchanges[0], late.scene) or ()
        assert each.expected == f"X-Level: critical, {left} before 2027-01-01 00:00:00Z"
    over = SPEAK["after-the-end"]
    (each,) = CHECK.judge(over.exchanges[0], over.scene) or ()
    assert each.expected == "X-Level: over, 1 day after 2027-01-01 00:00:00Z"
    of = SPEAK["1-day-still-warning"]
    broken = list(CHECK.judge(of.exchanges[0], of.scene) or ())

    assert [each.expected for each in broken] == ["X-Level: critical, 1:00:00 before 2027-01-01 00:00:00Z"]
    assert [each.place for each in broken] == ["deprecation.headers[0].levels"]


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stage it is about, to the instant, where an end is declared."""
    life, as_of, stage = MOMENTS[name]

    assert is_promised(CHECK, where(as_of, life)) is (stage is Stage.DEPRECATED and life.sunset is not None)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
