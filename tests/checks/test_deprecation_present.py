"""AV501: every answer of a deprecated version announces the deprecation."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pytest_apiversion.checks.deprecation_present import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.policy.responses import Deprecation, DeprecationHeader, Sunset
from pytest_apiversion.core.versions.deprecation_levels import DeprecationLevel
from pytest_apiversion.core.versions.lifecycle import Lifecycle, Stage
from tests.checks.builders import (
    ANNOUNCES,
    DEPRECATION,
    GONE,
    IMF_FIXDATE,
    SF_DATE,
    V1,
    agrees,
    alias,
    asked,
    error,
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
ONLY_2XX = scene(policy(deprecation=Deprecation(headers=(replace(SF_DATE, statuses=("2xx",)),))), "v1")
CACHED = scene(policy(deprecation=replace(ANNOUNCES, not_modified=False)), "v1")
NO_END = scene(living(Lifecycle(deprecated=dt.date(2026, 1, 1), successor="v2"), deprecation=ANNOUNCES), "v1")
ALIAS = scene(policy(deprecation=ANNOUNCES, aliases={"plain": alias(V1)}), "plain")
NO_CODE = scene(policy(deprecation=ANNOUNCES, sunset=Sunset(statuses=frozenset({410}))), "v1")
WITH_CODE = scene(policy(deprecation=ANNOUNCES, sunset=GONE), "v1")
BOTH = ("Deprecation is missing on a 200 to GET", "Sunset is missing on a 200 to GET")

SOON = DeprecationHeader(name="Warning", pattern="soon", within=30, place="deprecation.headers[2]")

ENDED = instant("2027-02-01")
NAMED = Deprecation(headers=(replace(SF_DATE, statuses=("2xx", "410")), IMF_FIXDATE))
AFTER = scene(policy(deprecation=NAMED), "v1", as_of=ENDED)
COUNTED = DeprecationHeader(
    name="X-Level",
    levels=(DeprecationLevel(level="soon"), DeprecationLevel(level="over", days=0)),
    place="deprecation.headers[0]",
)
AT_ZERO = scene(policy(deprecation=Deprecation(headers=(COUNTED,))), "v1", as_of=ENDED)

SILENT = {
    "gone-with-nothing-to-tell-a-thing-from-an-early-end": row(
        "unspoken", response(410, error("NOT_FOUND")), NO_CODE, Aim.UNKNOWN_DATA
    ),
    "after-the-end": row("held", response(410, error(), headers=DEPRECATION[:1]), AFTER, Aim.SUNSET),
    "after-the-end-served-is-av601s": row("unspoken", response(200), AFTER, Aim.SUNSET),
    "after-the-end-nobody-says": row("unpromised", response(410), scene(RULES, "v1", as_of=ENDED), Aim.SUNSET),
    "after-the-end-a-class-is-of-the-living": row(
        "unpromised",
        response(410),
        scene(policy(deprecation=Deprecation(headers=(replace(SF_DATE, statuses=("4xx",)),))), "v1", as_of=ENDED),
        Aim.SUNSET,
    ),
    "after-the-end-at-level-zero": row("held", response(410, headers=(("X-Level", "over"),)), AT_ZERO, Aim.SUNSET),
    "near-the-end-only-is-av507s": row(
        "held",
        response(headers=DEPRECATION),
        scene(policy(deprecation=Deprecation(headers=(*ANNOUNCES.headers, SOON))), "v1"),
    ),
    "nothing-but-near-the-end": row(
        "unpromised", response(), scene(policy(deprecation=Deprecation(headers=(SOON,))), "v1")
    ),
    "announced": row("held", response(200, {"id": "t"}, headers=DEPRECATION), WHERE),
    "announced-on-an-error": row("held", response(404, error(), headers=DEPRECATION), WHERE, Aim.UNKNOWN_DATA),
    "announced-on-a-refusal": row("held", response(422, error(), headers=DEPRECATION), WHERE, Aim.REFUSED),
    "announced-on-a-wrong-method": row(
        "held", response(405, error(), headers=DEPRECATION), WHERE, Aim.UNROUTED, method="PATCH"
    ),
    "announced-on-head": row("held", response(200, headers=DEPRECATION), WHERE, method="HEAD"),
    "announced-on-a-304": row("held", response(304, headers=DEPRECATION), WHERE, Aim.UNCHANGED),
    "a-cache-in-front-answers-304": row("unspoken", response(304), CACHED, Aim.UNCHANGED),
    "a-304-is-no-2xx": row("unspoken", response(304), ONLY_2XX, Aim.UNCHANGED),
    "case-of-names-is-nothing": row("held", response(200, headers=(("deprecation", "x"), ("SUNSET", "y"))), WHERE),
    "not-on-this-status": row("unspoken", response(404, error()), ONLY_2XX, Aim.UNKNOWN_DATA),
    "no-end-declared-no-sunset-header": row("held", response(200, headers=DEPRECATION[:1]), NO_END),
    "no-route": row("unspoken", response(404, error()), scene(RULES, "v1", key=None), Aim.UNROUTED),
    "neutral": row("unspoken", response(200), scene(RULES, "v1", key="GET /health")),
    "version-errors": row("unspoken", response(404, error()), WHERE, Aim.UNKNOWN),
    "early-sunset-is-av604s": row("unspoken", response(410, error("GONE")), WHERE),
    "crash-is-av402s": row("unspoken", response(500), WHERE),
    "live": row("unpromised", response(200), scene(RULES)),
    "nothing-to-announce-with": row("unpromised", response(200), scene(subject="v1")),
    "alias-announced": row("held", response(200, headers=DEPRECATION), ALIAS),
}

SPEAK = {
    "a-thing-that-is-gone-by-its-code": row(
        ("Deprecation is missing on a 410", "Sunset is missing on a 410"),
        response(410, error("NOT_FOUND")),
        WITH_CODE,
        Aim.UNKNOWN_DATA,
    ),
    "after-the-end": row(("Deprecation is missing on a 410 to GET",), response(410, error()), AFTER, Aim.SUNSET),
    "after-the-end-to-options": row(
        ("Deprecation is missing on a 410 to OPTIONS",), response(410), AFTER, Aim.SUNSET, method="OPTIONS"
    ),
    "after-the-end-at-level-zero": row(("X-Level is missing on a 410",), response(410), AT_ZERO, Aim.SUNSET),
    "on-a-304": row(
        ("Deprecation is missing on a 304 to GET", "Sunset is missing on a 304 to GET"),
        response(304),
        WHERE,
        Aim.UNCHANGED,
    ),
    "a-200-though-a-cache-answers-304": row(BOTH, response(200, {"id": "t"}), CACHED, Aim.UNCHANGED),
    "on-success": row(BOTH, response(200, {"id": "t"}), WHERE),
    "one-of-two": row(("Sunset is missing on a 200 to GET",), response(200, headers=DEPRECATION[:1]), WHERE),
    "only-on-success": row(
        ("Deprecation is missing on a 404", "Sunset is missing on a 404"),
        response(404, error()),
        WHERE,
        Aim.UNKNOWN_DATA,
    ),
    "not-on-refusals": row(
        ("Deprecation is missing on a 422", "Sunset is missing on a 422"), response(422, error()), WHERE, Aim.REFUSED
    ),
    "not-without-credentials": row(
        ("Deprecation is missing on a 401", "Sunset is missing on a 401"), response(401, error()), WHERE, Aim.REFUSED
    ),
    "not-on-redirects": row(("Deprecation is missing on a 304", "Sunset is missing on a 304"), response(304), WHERE),
    "not-on-wrong-methods": row(
        ("Deprecation is missing on a 405 to PATCH", "Sunset is missing on a 405 to PATCH"),
        response(405, error()),
        WHERE,
        Aim.UNROUTED,
        method="PATCH",
    ),
    "not-on-head": row(
        ("Deprecation is missing on a 200 to HEAD", "Sunset is missing on a 200 to HEAD"),
        response(200),
        WHERE,
        method="HEAD",
    ),
    "one-router-lacks-it": row(("Deprecation", "Sunset"), response(200), scene(RULES, "v1", key="GET /things/{id}")),
    "alias": row(BOTH, response(200, {"id": "t"}), ALIAS),
}


def test_get_is_asked_with_head_too() -> None:
    """Clients that only poll with HEAD must hear of it: each GET is asked so, once."""
    (ask,) = asked(CHECK, WHERE)

    assert (ask.method, ask.selection) == ("HEAD", (("path", "v1"),))
    assert asked(CHECK, ALIAS)[0].selection == ()
    assert not asked(CHECK, scene(RULES, "v1", key="POST /things"))
    assert not asked(CHECK, scene(RULES))


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


def test_what_was_promised_is_said_with_its_value() -> None:
    """The finding says how the header is written, with the declared date."""
    silent = row((), response(200), WHERE)
    assert CHECK.judge is not None

    found = [broken.expected for broken in CHECK.judge(silent.exchanges[0], WHERE) or ()]

    assert found == [
        "Deprecation: @1767225600 (the declared deprecated date) on the answers of a deprecated version",
        "Sunset: Fri, 01 Jan 2027 00:00:00 GMT (the declared sunset date) on the answers of a deprecated version",
    ]
