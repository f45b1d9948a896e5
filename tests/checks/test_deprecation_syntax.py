"""AV503: what announces a deprecation is written as its dialect says, weekday and all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.deprecation_syntax import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.responses import Deprecation, DeprecationHeader
from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.dialects import dialects
from tests.checks.builders import (
    ANNOUNCES,
    DEPRECATION,
    SF_DATE,
    Row,
    agrees,
    contract,
    error,
    instant,
    living,
    operation,
    policy,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised


def announcing(name: str, dialect: str | None, pattern: str | None = None) -> Policy:
    """A policy that announces with one header."""
    known = dialects()[dialect] if dialect else None
    header = DeprecationHeader(
        name=name,
        dialect=known,
        date="sunset" if known and known.dated else None,
        pattern=pattern,
        place="deprecation.headers[0]",
    )
    return policy(deprecation=Deprecation(headers=(header,)))


def value(
    expected: str | tuple[str, ...],
    dialect: str | None,
    *lines: str,
    pattern: str | None = None,
    key: str = "GET /things",
) -> Row:
    """A row in which `v1` announces with one header on these lines."""
    where = scene(announcing("Sunset", dialect, pattern), "v1", key)
    return row(expected, response(200, headers=tuple(("Sunset", line) for line in lines)), where)


NOTICE = "This endpoint is deprecated. Migrate to {successor}"
RENAMED = scene(
    replace_policy := policy(
        deprecation=Deprecation(
            headers=(DeprecationHeader(name="X-Notice", pattern=NOTICE, place="deprecation.headers[0]"),)
        ),
        renamed=({"v1": "GET /thing/{id}", "v2": "GET /things/{id}"},),
    ),
    "v1",
    "GET /thing/{id}",
    contracts={
        "v1": contract("v1", operation("GET /thing/{id}"), operation("GET /old")),
        "v2": contract("v2"),
        "v3": contract("v3"),
    },
)
NO_HEIR = replace(RENAMED, policy=replace_policy, operation=RENAMED.contracts["v1"].operations["GET /old"])

SOON = policy(
    deprecation=Deprecation(
        headers=(
            DeprecationHeader(
                name="X-Notice", pattern="{version} ends on {sunset}", within=30, place="deprecation.headers[0]"
            ),
        )
    )
)


def soon(expected: str | tuple[str, ...], text: str, at: str = "2026-12-20") -> Row:
    """A row in which `v1` sends what is due in its last thirty days."""
    return row(expected, response(headers=(("X-Notice", text),)), scene(SOON, "v1", as_of=instant(at)))


SILENT = {
    "any-version-and-day": soon("held", "v2 ends on 2030-01-01"),
    "not-due-yet": soon("unpromised", "something else", "2026-06-01"),
    "sf-date": value("held", "sf-date", "@1767225600"),
    "imf-fixdate": value("held", "imf-fixdate", "Fri, 01 Jan 2027 00:00:00 GMT"),
    "rfc1123": value("held", "rfc1123", "Wed, 1 Jul 2026 00:00:00 GMT"),
    "iso-date": value("held", "iso-date", "2026-06-01"),
    "rfc3339": value("held", "rfc3339", "2027-01-15T00:00:00Z"),
    "literal-true": value("held", "literal-true", "true"),
    "draft-true": value("held", "draft", "true"),
    "draft-date": value("held", "draft", "Wed, 01 Jul 2026 00:00:00 GMT"),
    "another-day-is-av504s": value("held", "iso-date", "1999-01-01"),
    "pattern": value("held", None, "warning", pattern="warning|critical"),
    "absence-is-av501s": value("unspoken", "sf-date"),
    "not-on-this-status": row(
        "unspoken",
        response(404, error(), headers=(("Deprecation", "soon"),)),
        scene(policy(deprecation=Deprecation(headers=(replace(SF_DATE, statuses=("2xx",)),))), "v1"),
        Aim.UNKNOWN_DATA,
    ),
    "live": row("unpromised", response(200, headers=(("Deprecation", "soon"),)), scene(policy(deprecation=ANNOUNCES))),
    "successor-of-the-same-name": row(
        "held",
        response(200, headers=(("Sunset", "Migrate to /api/v2/things"),)),
        scene(announcing("Sunset", None, "Migrate to {successor}"), "v1"),
    ),
    "successor-renamed": row(
        "held", response(200, headers=(("X-Notice", NOTICE.replace("{successor}", "/api/v2/things/th_1")),)), RENAMED
    ),
    "successor-as-template": row(
        "held", response(200, headers=(("X-Notice", NOTICE.replace("{successor}", "/api/v2/things/{id}")),)), RENAMED
    ),
    "no-successor-of-this-operation": row(
        "held", response(200, headers=(("X-Notice", "This endpoint is deprecated."),)), NO_HEIR
    ),
}

SPEAK = {
    "due-in-another-form": soon(("X-Notice has not the promised form",), "something else"),
    "wrong-weekday": value(("Sunset is not written as imf-fixdate",), "imf-fixdate", "Thu, 01 Jul 2026 00:00:00 GMT"),
    "wrong-weekday-of-rfc-8594": value(
        ("Sunset is not written as imf-fixdate",), "imf-fixdate", "Sat, 31 Dec 2018 23:59:59 GMT"
    ),
    "zone-of-rfc-9745": value(
        ("Sunset is not written as imf-fixdate",), "imf-fixdate", "Sun, 30 Jun 2024 23:59:59 UTC"
    ),
    "one-digit-day": value(("Sunset is not written as imf-fixdate",), "imf-fixdate", "Wed, 1 Jul 2026 00:00:00 GMT"),
    "lower-case-zone": value(("Sunset is not written as imf-fixdate",), "imf-fixdate", "Wed, 01 Jul 2026 00:00:00 gmt"),
    "offset-for-zone": value(
        ("Sunset is not written as imf-fixdate",), "imf-fixdate", "Wed, 01 Jul 2026 00:00:00 +0000"
    ),
    "iso-date-for-imf": value(("Sunset is not written as imf-fixdate",), "imf-fixdate", "2026-07-01"),
    "true-for-a-date": value(("Sunset is not written as sf-date",), "sf-date", "true"),
    "fraction": value(("Sunset is not written as sf-date",), "sf-date", "@1767225600.5"),
    "no-at-sign": value(("Sunset is not written as sf-date",), "sf-date", "1767225600"),
    "no-zulu": value(("Sunset is not written as rfc3339",), "rfc3339", "2027-01-15T00:00:00"),
    "http-date-for-rfc3339": value(("Sunset is not written as rfc3339",), "rfc3339", "Fri, 01 Jan 2027 00:00:00 GMT"),
    "no-such-day": value(("Sunset is not written as iso-date",), "iso-date", "2027-02-29"),
    "true-in-capitals": value(("Sunset is not written as literal-true",), "literal-true", "True"),
    "one-for-true": value(("Sunset is not written as literal-true",), "literal-true", "1"),
    "twice": value(("Sunset is there 2 times",), "sf-date", "@1767225600", "@1767225600"),
    "empty": value(("Sunset is not written as sf-date",), "sf-date", ""),
    "pattern": value(("Sunset has not the promised form",), None, "deprecated", pattern="warning|critical"),
    "pattern-is-for-the-whole-value": value(
        ("Sunset has not the promised form",), None, "warning!", pattern="warning|critical"
    ),
    "successor-is-the-old-name": row(
        ("X-Notice has not the promised form",),
        response(200, headers=(("X-Notice", NOTICE.replace("{successor}", "/api/v2/thing/th_1")),)),
        RENAMED,
    ),
    "successor-is-this-version": row(
        ("X-Notice has not the promised form",),
        response(200, headers=(("X-Notice", NOTICE.replace("{successor}", "/api/v1/things/th_1")),)),
        RENAMED,
    ),
    "on-an-error": row(
        ("Deprecation is not written as sf-date",),
        response(404, error(), headers=(("Deprecation", "true"), DEPRECATION[1])),
        scene(policy(deprecation=ANNOUNCES), "v1"),
        Aim.UNKNOWN_DATA,
    ),
}


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
