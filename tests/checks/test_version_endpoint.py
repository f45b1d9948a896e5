"""AV702: what a service says of its own release fits the version that was asked, and makes sense."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.version_endpoint import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.policy.compatibility import Changes
from pytest_apiversion.core.policy.publishing import Release
from pytest_apiversion.core.policy.subjects import MinorRelease
from tests.checks.builders import (
    V2,
    Row,
    agrees,
    alias,
    answers,
    asked,
    concluded,
    contract,
    exchange,
    instant,
    living,
    operation,
    policy,
    response,
    row,
    said,
    scene,
    versions,
)
from tests.checks.moments import MOMENTS, is_promised

SHAPE = {"type": "object", "required": ["is"]}
OPERATIONS = (operation("GET /version", answers(SHAPE)), operation("GET /things"))
RELEASE = Release(operation="GET /version", version="/is", commit="/of", deployed="/since")
SHA = "9f2c4be07d61a8e35c0b17f4d2a96e8130c5b7fa"


def speaking(
    release: Release | None = RELEASE, subject: str = "v2", key: str | None = "GET /version", **changes: Any
) -> Scene:
    """A scene whose policy says where the release is told; contracts were frozen at 2.1.0."""
    frozen = {"info": {"version": "2.1.0"}}
    rules = policy(release=release, aliases={"plain": alias()}, **changes)
    contracts = {name: replace(contract(name, *OPERATIONS), document=frozen) for name in rules.versions}
    return scene(rules, subject, key, contracts=contracts)


def told(version: Any = "2.1.0", of: Any = SHA, since: Any = "2026-10-01T08:00:00Z", date: str = "") -> Any:
    """What the service says of itself."""
    headers = (("Date", date),) if date else ()
    return response(200, {"is": version, "of": of, "since": since}, headers=headers)


def inside(current: str | None, *later: str) -> Scene:
    """A scene of a version with minor releases, the one in force among them."""
    rows = [
        MinorRelease(release=name, begins=dt.date(2027, 1, 1), contract="v2.yaml", place=f"versions.v2.releases[{n}]")
        for n, name in enumerate(filter(None, (current, *later)))
    ]
    rules = speaking(ONLY_RELEASE).policy
    version = replace(rules.versions["v2"], releases=tuple(rows), current=rows[0] if current else None)
    where = speaking(ONLY_RELEASE)
    return replace(where, policy=replace(rules, versions={**rules.versions, "v2": version}))


ONLY_RELEASE = replace(RELEASE, commit=None, deployed=None)
WHERE = speaking()
ONLY = speaking(replace(RELEASE, commit=None, deployed=None))
RELEASES = speaking(changes=Changes(releases=True))
DATED = speaking(scheme="date", versions=versions(**{"2026-01-01": V2}), subject="2026-01-01")
EARLY = "Thu, 01 Oct 2026 12:00:00 GMT"
LATE = "Sat, 21 Nov 2026 12:00:00 GMT"

SILENT = {
    "all-is-well": row("held", told(), WHERE),
    "a-later-release": row("held", told("2.10.0"), RELEASES),
    "an-earlier-one-where-contracts-have-none": row("held", told("2.0.9"), WHERE),
    "a-release-candidate": row("held", told("2.2.0-rc.1+b7"), RELEASES),
    "short-commit": row("held", told(of="9f2c4be"), WHERE),
    "parts-of-a-second": row("held", told(since="2026-10-01T08:00:00.25Z"), WHERE),
    "nothing-else-promised": row("held", told(of=None, since=None), ONLY),
    "just-now": row("held", told(since="2026-11-20T12:00:59Z"), WHERE),
    "by-the-day-of-the-run": row("held", told(since="2026-11-20T11:00:00Z", date=EARLY), WHERE),
    "by-the-clock-of-the-service": row("held", told(since="2026-11-21T11:00:00Z", date=LATE), WHERE),
    "versions-without-a-number": row("held", told("7.0.0"), DATED),
    "another-operation": row("unspoken", told("x"), speaking(key="GET /things")),
    "an-error": row("unspoken", response(404, {"is": "x"}), WHERE),
    "broken-body-is-av301s": row("unspoken", response(200, {"version": "x"}), WHERE),
    "head": row("unspoken", response(200), WHERE, method="HEAD"),
    "refused": row("unspoken", told("x"), WHERE, Aim.REFUSED),
    "not-said": row("unpromised", told("x"), speaking(None)),
    "no-such-operation": row("unpromised", told("x"), speaking(replace(RELEASE, operation="GET /release"))),
    "alias": row("unpromised", told("x"), speaking(subject="plain")),
}

SPEAK = {
    "no-semver": row(("the release is no semantic version",), told("2.1"), WHERE),
    "with-a-v": row(("the release is no semantic version",), told("v2.1.0"), WHERE),
    "a-number": row(("the release is no semantic version",), told(2), WHERE),
    "nowhere": row(("the release is no semantic version",), told(), speaking(replace(RELEASE, version="/release"))),
    "another-major": row(("v2 says it is release 3.0.0",), told("3.0.0"), WHERE),
    "behind-the-contract": row(("release 2.0.9 is behind the frozen contract",), told("2.0.9"), RELEASES),
    "candidate-of-what-was-frozen": row(("2.1.0-rc.1 is behind",), told("2.1.0-rc.1"), RELEASES),
    "no-commit": row(("the build names no commit",), told(of="unknown"), WHERE),
    "short-of-a-commit": row(("the build names no commit",), told(of="9f2c"), WHERE),
    "no-zone": row(("the deployment is no instant in UTC",), told(since="2026-10-01T08:00:00"), WHERE),
    "an-offset": row(("the deployment is no instant in UTC",), told(since="2026-10-01T08:00:00+02:00"), WHERE),
    "no-day-of-the-calendar": row(("the deployment is no instant in UTC",), told(since="2026-02-30T08:00:00Z"), WHERE),
    "tomorrow": row(("the deployment lies in the future",), told(since="2026-11-21T12:00:00Z"), WHERE),
    "tomorrow-on-another-day-than-its-clock": row(
        ("the deployment lies in the future",), told(since="2026-11-21T12:00:00Z", date=EARLY), WHERE
    ),
    "tomorrow-by-its-own-clock": row(
        ("the deployment lies in the future",), told(since="2026-11-22T12:00:00Z", date=LATE), WHERE
    ),
}


def in_turn(*releases: Any, apart: float = 1) -> Row:
    """Answers one after the other, each of a tenth of a second."""
    found = [
        exchange(WHERE, replace(told(each), received=apart * turn, elapsed=0.1))
        for turn, each in enumerate(releases, start=1)
    ]
    return Row(expected="", scene=WHERE, exchanges=tuple(found))


ORDERS: dict[str, tuple[Row, str | tuple[str, ...]]] = {
    # name: the answers, and what is concluded
    "the-same": (in_turn("2.1.0", "2.1.0"), "held"),
    "a-new-release": (in_turn("2.1.0", "2.2.0"), "held"),
    "back": (in_turn("2.2.0", "2.1.0"), ("the release went back from 2.2.0 to 2.1.0",)),
    "back-after-a-while": (in_turn("2.2.0", "2.3.0", "2.1.0"), ("the release went back from 2.2.0 to 2.1.0",)),
    "by-number": (in_turn("2.9.0", "2.10.0"), "held"),
    "at-once": (in_turn("2.2.0", "2.1.0", apart=0.01), "unspoken"),
    "once": (in_turn("2.1.0"), "unspoken"),
    "no-releases": (in_turn("new", "old"), "unspoken"),
}


@pytest.mark.parametrize("name", ORDERS)
def test_a_release_does_not_go_back(name: str) -> None:
    """Of two answers one after the other, the later is of no earlier release."""
    rows, expected = ORDERS[name]

    assert agrees(concluded(CHECK, rows), expected), concluded(CHECK, rows)


def test_nothing_is_concluded_where_nothing_is_said() -> None:
    """A policy that does not say where the release is told concludes nothing."""
    assert CHECK.conclude is not None
    assert CHECK.conclude([], speaking(None)) is None


ASKS = {
    # name: the scene, and how often the release is asked for beside the drawn requests
    "where-it-is-told": (WHERE, 1),
    "elsewhere": (speaking(key="GET /things"), 0),
    "planned": (speaking(subject="v3"), 0),
    "alias": (speaking(subject="plain"), 0),
    "router": (speaking(key=None), 0),
    "not-said": (speaking(None), 0),
}


@pytest.mark.parametrize("name", ASKS)
def test_it_is_asked_for_once_more(name: str) -> None:
    """One request more on one operation, so that there are two to compare."""
    where, count = ASKS[name]

    assert len(asked(CHECK, where)) == count


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages in which a version answers."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life, release=RELEASE), "v1", "GET /version", operations=OPERATIONS, as_of=instant(as_of))

    assert is_promised(CHECK, where) is stage.answers


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


@pytest.mark.parametrize(
    ("current", "later", "release", "words"),
    [
        pytest.param("2.4.0", (), "2.4.0", "", id="in-force"),
        pytest.param("2.4.0", (), "2.4.7", "", id="a-later-patch"),
        pytest.param("2.4.2", (), "2.4.1", "2.4.2 or a later 2.4.x, since 2027-01-01", id="an-earlier-patch"),
        pytest.param("2.4.0", (), "2.3.9", "2.4.0 or a later 2.4.x, since 2027-01-01", id="the-one-before"),
        pytest.param("2.4.0", (), "2.5.0", "2.4.0 or a later 2.4.x, since 2027-01-01", id="one-that-nobody-declared"),
        pytest.param(None, ("2.4.0",), "2.3.9", "", id="before-the-first"),
        pytest.param(None, ("2.4.0",), "2.4.0", "a release before 2.4.0, which begins on 2027-01-01", id="early"),
        pytest.param(None, (), "2.9.0", "", id="nothing-declared"),
    ],
)
def test_the_release_of_the_day(current: str | None, later: tuple[str, ...], release: str, words: str) -> None:
    """Where a version has minor releases the service says the one in force, or a later patch of it."""
    where = inside(current, *later)
    assert CHECK.judge is not None
    found = list(CHECK.judge(exchange(where, told(release)), where) or ())

    assert [broken.expected for broken in found] == ([words] if words else [])
