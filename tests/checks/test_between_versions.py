"""AV223: a version between two declared ones is served by the earlier, or as itself, as the policy says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.between_versions import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.policy.selection import Echo
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import HEADER, agrees, asked, error, policy, response, row, said, scene, versions

BY_DATE = replace(HEADER, spelling="{version}")
LIVES = {"2026-01-01": Lifecycle(), "2026-03-01": Lifecycle(), "2026-03-02": Lifecycle()}
ECHO = Echo(header="X-Served", statuses=("2xx",))


def dated(subject: str = "2026-01-01", key: str = "GET /things", **changes: Any) -> Scene:
    """A scene of an API whose versions are dates."""
    return scene(
        policy(BY_DATE, **{"scheme": "date", "versions": versions(**LIVES), "waterfall": True} | changes), subject, key
    )


FALLS, RANGE = dated(), dated(waterfall=False, range=True, echo=ECHO)
FALLS_SAYING = dated(echo=ECHO)
OLD, NEW = response(200, {"id": "t", "topic": "x"}), response(200, {"data": {"id": "t"}, "meta": {"page": 1}})
ASKED: dict[str, Any] = {
    "expected_version": "2026-01-01",
    "peers": {"2026-01-01": OLD, "2026-03-01": NEW},
    "via": "header",
    "probe": "2026-01-02",
}


def saying(text: str) -> Any:
    """An answer whose echo says this."""
    return response(200, {"id": "t"}, headers=(("X-Served", text),))


def echoing(text: str) -> Any:
    """The earlier version's answer, with this echo."""
    return replace(OLD, headers=(*OLD.headers, ("X-Served", text)))


SILENT = {
    "earlier-answers": row("held", OLD, FALLS, Aim.BETWEEN, **ASKED),
    "as-itself": row("held", saying("2026-01-02"), RANGE, Aim.BETWEEN, **ASKED),
    "as-itself-without-echo": row("held", NEW, dated(waterfall=False, range=True), Aim.BETWEEN, **ASKED),
    "earlier-answers-and-says-so": row("held", echoing("2026-01-01"), FALLS_SAYING, Aim.BETWEEN, **ASKED),
    "earlier-answers-and-says-what-was-asked": row("held", echoing("2026-01-02"), FALLS_SAYING, Aim.BETWEEN, **ASKED),
    "cannot-be-told-apart": row(
        "unspoken", OLD, FALLS, Aim.BETWEEN, **{**ASKED, "peers": dict.fromkeys(("2026-01-01", "2026-03-01"), OLD)}
    ),
    "earlier-fails-too": row(
        "unspoken",
        response(404, error()),
        FALLS,
        Aim.BETWEEN,
        **{**ASKED, "peers": {"2026-01-01": response(404, error()), "2026-03-01": NEW}},
    ),
    "another-aim": row("unspoken", NEW, FALLS, Aim.ACCEPTED, **ASKED),
    "neither": row("unpromised", NEW, dated(waterfall=False), Aim.BETWEEN, **ASKED),
    "no-room": row("unpromised", NEW, dated("2026-03-01"), Aim.BETWEEN, **ASKED),
    "newest": row("unpromised", NEW, dated("2026-03-02"), Aim.BETWEEN, **ASKED),
}

SPEAK = {
    "later-answers": row(("2026-01-02 in the header is answered by 2026-03-01",), NEW, FALLS, Aim.BETWEEN, **ASKED),
    "later-answers-and-says-so": row(
        ("is answered by 2026-03-01",), echoing("2026-03-01"), FALLS_SAYING, Aim.BETWEEN, **ASKED
    ),
    "says-what-nobody-asked-for": row(
        ("asked for 2026-01-02, X-Served says 2026-02-02",), echoing("2026-02-02"), FALLS_SAYING, Aim.BETWEEN, **ASKED
    ),
    "refused": row(("2026-01-02 in the header is refused",), response(404, error()), FALLS, Aim.BETWEEN, **ASKED),
    "range-refused": row(("is refused",), response(404, error()), RANGE, Aim.BETWEEN, **ASKED),
    "range-rounds": row(
        ("asked for 2026-01-02, X-Served says 2026-01-01",), saying("2026-01-01"), RANGE, Aim.BETWEEN, **ASKED
    ),
    "range-says-nothing": row(("X-Served says nothing",), response(200, {"id": "t"}), RANGE, Aim.BETWEEN, **ASKED),
}


def test_the_version_after_a_declared_one_is_asked_for() -> None:
    """It is written as versions are, and both neighbours are asked plainly."""
    (ask,) = asked(CHECK, FALLS)

    assert ask.selection == (("header", "2026-01-02"),)
    assert (ask.expected_version, ask.compare) == ("2026-01-01", ("2026-01-01", "2026-03-01"))
    assert not asked(CHECK, dated(key="POST /things"))


def test_versions_that_do_not_serve_have_nothing_between() -> None:
    """A sunset version is no neighbour; the next that serves is."""
    lives = LIVES | {"2026-03-01": Lifecycle(sunset=dt.date(2026, 6, 1))}
    (ask,) = asked(CHECK, dated(versions=versions(**lives)))

    assert ask.compare == ("2026-01-01", "2026-03-02")


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
