"""AV507: a warning of the end comes when it was promised, not before and not later, and speaks of this version and its day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.deprecation_warning import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.policy.responses import Deprecation, DeprecationHeader
from pytest_apiversion.core.versions.lifecycle import Boundary, Lifecycle, Stage
from tests.checks.builders import V1, Row, agrees, error, instant, living, policy, response, row, said, scene
from tests.checks.moments import MOMENTS, is_promised

SOON = DeprecationHeader(
    name="Warning", pattern=".*SOON.*", statuses=("2xx",), within=30, place="deprecation.headers[0]"
)
"""`v1` ends on 2027-01-01: the warning is due from 2026-12-02 on."""
RETIRES = DeprecationHeader(name="X-Retiring", pattern="{version} retires on {sunset}", place="deprecation.headers[1]")
PLAIN = DeprecationHeader(name="X-Deprecated", pattern="true", place="deprecation.headers[2]")


def where(at: str, *headers: DeprecationHeader, life: Lifecycle = V1) -> Scene:
    """`v1` at an instant."""
    return scene(living(life, deprecation=Deprecation(headers=headers or (SOON,))), "v1", as_of=instant(at))


def told(expected: str | tuple[str, ...], text: str | None, of: Scene, status: int = 200, name: str = "Warning") -> Row:
    """A row in which `v1` warns with a text."""
    headers = ((name, text),) if text is not None else ()
    return row(expected, response(status, None if status < 400 else error(), headers=headers), of)


TEXT = '299 - "SOON"'
END = replace(V1, boundary=Boundary.END_OF_DAY)
LATE = "2026-12-20"
DATED = replace(SOON, pattern=".*SOON {sunset}.*")

SILENT = {
    "in-the-last-days": told("held", TEXT, where(LATE)),
    "on-the-last-day": told("held", TEXT, where("2026-12-31T23:59:00")),
    "not-before": told("held", None, where("2026-12-01")),
    "another-warning-before": told("held", '110 - "Response is Stale"', where("2026-12-01")),
    "this-minute-not-yet": told("held", None, where("2026-12-02T00:00:30")),
    "this-minute-already": told("held", TEXT, where("2026-12-01T23:59:30")),
    "end-of-day-not-yet": told("held", None, where("2026-12-02T12:00:00", life=END)),
    "not-on-errors": told("unspoken", None, where(LATE), 404),
    "on-errors-all-the-same": told("unspoken", TEXT, where(LATE), 404),
    "another-form-is-av503s": told("held", "later", where(LATE)),
    "nothing-announced-is-av501s": told("unspoken", None, where(LATE, SOON, PLAIN)),
    "names-its-version-and-day": told(
        "held", "v1 retires on 2027-01-01", where("2026-06-01", RETIRES), name="X-Retiring"
    ),
    "text-absent-is-av501s": told("unspoken", None, where("2026-06-01", RETIRES)),
    "text-of-another-form-is-av503s": told("unspoken", "soon", where("2026-06-01", RETIRES), name="X-Retiring"),
    "text-without-facts": told("unpromised", "true", where("2026-06-01", PLAIN), name="X-Deprecated"),
    "both": told("held", '299 - "SOON 2027-01-01"', where(LATE, DATED)),
    "no-end-declared": told("unpromised", None, where(LATE, life=replace(V1, sunset=None))),
    "over": told("unpromised", None, where("2027-01-01")),
    "live": row("unpromised", response(), scene(policy(deprecation=Deprecation(headers=(SOON,))), "v2")),
    "another-aim": row("unspoken", response(), where(LATE), Aim.UNKNOWN, probe="v9"),
}

SPEAK = {
    "missing": told(("Warning is missing on a 200, less than 30 days before the sunset",), None, where(LATE)),
    "missing-on-the-first-day": told(("Warning is missing",), None, where("2026-12-02T00:02:00")),
    "months-early": told(("Warning warns more than 30 days before the sunset",), TEXT, where("2026-06-01")),
    "a-day-early": told(("Warning warns more than 30 days",), TEXT, where("2026-12-01T12:00:00")),
    "early-on-an-error": told(("Warning warns more than 30 days",), TEXT, where("2026-06-01"), 404),
    "end-of-day-a-day-early": told(("Warning warns",), TEXT, where("2026-12-02T12:00:00", life=END)),
    "another-version": told(
        ("X-Retiring speaks of another version or another day",),
        "v2 retires on 2027-01-01",
        where("2026-06-01", RETIRES),
        name="X-Retiring",
    ),
    "another-day": told(
        ("X-Retiring speaks of another",), "v1 retires on 2027-02-01", where("2026-06-01", RETIRES), name="X-Retiring"
    ),
    "soon-on-another-day": told(("Warning speaks of another",), '299 - "SOON 2027-07-01"', where(LATE, DATED)),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stage it is about, to the instant, where an end is declared."""
    life, as_of, stage = MOMENTS[name]

    assert is_promised(CHECK, where(as_of, life=life)) is (stage is Stage.DEPRECATED and life.sunset is not None)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
