"""AV504: the dates an answer announces are the declared ones, on every answer the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pytest_apiversion.checks.deprecation_value import CHECK
from pytest_apiversion.core.policy.responses import Deprecation, DeprecationHeader
from pytest_apiversion.core.versions.lifecycle import Boundary, Lifecycle, Stage
from pytest_apiversion.dialects import dialects
from tests.checks.builders import (
    ANNOUNCES,
    DEPRECATION,
    V1,
    Row,
    agrees,
    alias,
    instant,
    living,
    policy,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

RULES = policy(deprecation=ANNOUNCES)
WHERE = scene(RULES, "v1")
NOON = replace(V1, deprecated=instant("2026-01-01T12:00:00"), sunset=instant("2027-01-01T14:00:00+02:00"))
LITERAL = Deprecation(
    headers=(DeprecationHeader(name="Deprecation", dialect=dialects()["literal-true"], place="deprecation.headers[0]"),)
)


END = replace(V1, sunset=dt.date(2026, 12, 31), boundary=Boundary.END_OF_DAY)


def value(expected: str | tuple[str, ...], dialect: str, text: str, life: Lifecycle = V1, date: str = "sunset") -> Row:
    """A row in which a date, that of the sunset, is announced in one header."""
    name = "Sunset" if date == "sunset" else "Deprecation"
    header = DeprecationHeader(name=name, dialect=dialects()[dialect], date=date, place="deprecation.headers[0]")
    return row(
        expected,
        response(200, headers=((name, text),)),
        scene(living(life, deprecation=Deprecation(headers=(header,))), "v1"),
    )


SILENT = {
    "both-dates": row("held", response(200, headers=DEPRECATION), WHERE),
    "day-as-its-first-instant": value("held", "rfc3339", "2027-01-01T00:00:00Z"),
    "day-in-another-zone": value("held", "rfc3339", "2027-01-01T02:00:00+02:00"),
    "day-as-a-day": value("held", "iso-date", "2027-01-01"),
    "instant": value("held", "rfc3339", "2027-01-01T12:00:00Z", NOON),
    "instant-in-a-dialect-of-days": value("held", "iso-date", "2027-01-01", NOON),
    "end-of-day-keeps-its-date": value("held", "iso-date", "2027-01-01", replace(V1, boundary=Boundary.END_OF_DAY)),
    "last-second-of-service": value("held", "imf-fixdate", "Thu, 31 Dec 2026 23:59:59 GMT"),
    "end-of-day-as-its-last-second": value("held", "imf-fixdate", "Thu, 31 Dec 2026 23:59:59 GMT", END),
    "end-of-day-as-its-last-minute": value("held", "rfc3339", "2026-12-31T23:59:00Z", END),
    "end-of-day-as-the-instant-after": value("held", "imf-fixdate", "Fri, 01 Jan 2027 00:00:00 GMT", END),
    "end-of-day-as-the-day": value("held", "imf-fixdate", "Thu, 31 Dec 2026 00:00:00 GMT", END),
    "deprecated-at-ten": value("held", "sf-date", "@1767261600", date="deprecated"),
    "deprecated-in-the-last-second-of-the-day": value("held", "sf-date", "@1767311999", date="deprecated"),
    "leap-day": value("held", "imf-fixdate", "Tue, 29 Feb 2028 00:00:00 GMT", replace(V1, sunset=dt.date(2028, 2, 29))),
    "unreadable-is-av503s": row(
        "unspoken", response(200, headers=(("Deprecation", "soon"), ("Sunset", "later"))), WHERE
    ),
    "wrong-weekday-right-day": value("held", "imf-fixdate", "Thu, 01 Jan 2027 00:00:00 GMT"),
    "absence-is-av501s": row("unspoken", response(200), WHERE),
    "literal-carries-no-date": row(
        "unpromised", response(200, headers=(("Deprecation", "true"),)), scene(policy(deprecation=LITERAL), "v1")
    ),
    "draft-true-carries-none": value("unspoken", "draft", "true"),
    "no-sunset-declared": value(
        "unpromised", "iso-date", "1999-01-01", Lifecycle(deprecated=dt.date(2026, 1, 1), successor="v2")
    ),
    "live": row("unpromised", response(200, headers=DEPRECATION), scene(RULES)),
}

SPEAK = {
    "a-day-off": value(("Sunset carries another date than was declared",), "iso-date", "2027-01-02"),
    "an-hour-off": value(("Sunset carries another date",), "rfc3339", "2027-01-01T01:00:00Z"),
    "a-zone-off": value(("Sunset carries another date",), "rfc3339", "2027-01-01T00:00:00+02:00"),
    "instant-as-its-day": value(("Sunset carries another date",), "rfc3339", "2027-01-01T00:00:00Z", NOON),
    "two-minutes-before-the-end": value(("Sunset carries another date",), "rfc3339", "2026-12-31T23:58:00Z"),
    "end-of-day-a-day-early": value(
        ("Sunset carries another date",), "imf-fixdate", "Wed, 30 Dec 2026 23:59:59 GMT", END
    ),
    "end-of-day-at-noon": value(("Sunset carries another date",), "imf-fixdate", "Thu, 31 Dec 2026 12:00:00 GMT", END),
    "end-of-day-as-the-day-after": value(("Sunset carries another date",), "iso-date", "2027-01-01", END),
    "last-second-before-an-instant": value(("Sunset carries another date",), "rfc3339", "2027-01-01T11:59:59Z", NOON),
    "deprecated-the-day-before": value(
        ("Deprecation carries another date",), "sf-date", "@1767225599", date="deprecated"
    ),
    "deprecated-the-day-after": value(
        ("Deprecation carries another date",), "sf-date", "@1767312000", date="deprecated"
    ),
    "deprecated-instant-at-another-hour": value(
        ("Deprecation carries another date",), "sf-date", "@1767225600", NOON, date="deprecated"
    ),
    "leap-day-as-the-first-of-march": value(
        ("Sunset carries another date",), "iso-date", "2028-03-01", replace(V1, sunset=dt.date(2028, 2, 29))
    ),
    "sunset-date-in-deprecation": row(
        ("Deprecation carries another date",), response(200, headers=(("Deprecation", "@1798761600"),)), WHERE
    ),
    "now-in-deprecation": row(
        ("Deprecation carries another date",), response(200, headers=(("Deprecation", "@1795176000"),)), WHERE
    ),
    "swapped": row(
        ("Deprecation carries", "Sunset carries"),
        response(200, headers=(("Deprecation", "@1798761600"), ("Sunset", "Thu, 01 Jan 2026 00:00:00 GMT"))),
        WHERE,
    ),
    "alias-with-its-versions-dates": row(
        ("Sunset carries another date",),
        response(200, headers=DEPRECATION),
        scene(
            policy(deprecation=ANNOUNCES, aliases={"plain": alias(replace(V1, sunset=dt.date(2026, 12, 1)))}), "plain"
        ),
    ),
}


def test_a_date_nobody_announces_promises_nothing() -> None:
    """Without a declared date that a header carries, there is nothing to hold a header to."""
    assert CHECK.promised(WHERE) == "versions.v1.deprecated"
    assert CHECK.promised(scene(policy(deprecation=LITERAL), "v1")) is None


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life, deprecation=ANNOUNCES), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is (stage is Stage.DEPRECATED)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
