"""AV605: after its sunset a version is served by the one the policy names, and the answer says so."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.checks import sunset_answer, sunset_early, sunset_side_effect
from pytest_apiversion.checks.fall_forward import CHECK
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.policy.responses import Sunset
from pytest_apiversion.core.policy.selection import Echo
from pytest_apiversion.core.versions.lifecycle import Lifecycle, Stage
from tests.checks.builders import (
    V1,
    V2,
    V3,
    agrees,
    asked,
    error,
    instant,
    living,
    policy,
    response,
    row,
    said,
    scene,
    versions,
)
from tests.checks.moments import MOMENTS, is_promised

FORWARD = Sunset(statuses=frozenset(), served_by="oldest")
ECHO = Echo(header="X-Served", spelling="{version}")
AFTER = instant("2027-01-01")
RULES = policy(sunset=FORWARD, versions=versions(v1=V1, v2=V2, v4=Lifecycle()))
ECHOED = policy(sunset=FORWARD, echo=ECHO, versions=RULES.versions)
WHERE, SAYS = scene(RULES, "v1", as_of=AFTER), scene(ECHOED, "v1", as_of=AFTER)
OLD, NEW = response(200, {"id": "t", "topic": "x"}), response(200, {"data": {"id": "t"}, "meta": {"page": 1}})
ASKED: dict[str, Any] = {"expected_version": "v2", "peers": {"v2": OLD, "v4": NEW}, "via": "path", "probe": "v1"}


def saying(text: str, of: Any = OLD) -> Any:
    """An answer whose echo says this."""
    return response(200, of.json, headers=(("X-Served", text),))


ECHOING = {**ASKED, "peers": {"v2": saying("v2"), "v4": saying("v4", NEW)}}

SILENT = {
    "oldest-serves": row("held", OLD, WHERE, Aim.FALL_FORWARD, **ASKED),
    "oldest-serves-and-says-so": row("held", saying("v2"), SAYS, Aim.FALL_FORWARD, **ECHOING),
    "an-echo-nobody-gives-is-av210s": row("held", OLD, SAYS, Aim.FALL_FORWARD, **ASKED),
    "one-version-is-left": row("held", OLD, WHERE, Aim.FALL_FORWARD, **{**ASKED, "peers": {"v2": OLD}}),
    "not-found-by-both": row(
        "unspoken",
        response(404, error()),
        WHERE,
        Aim.FALL_FORWARD,
        **{**ASKED, "peers": dict.fromkeys(("v2", "v4"), response(404, error()))},
    ),
    "another-aim": row("unspoken", NEW, WHERE, Aim.SUNSET, **ASKED),
    "before": row("unpromised", NEW, scene(RULES, "v1"), Aim.FALL_FORWARD, **ASKED),
    "refused-instead": row("unpromised", NEW, scene(policy(), "v1", as_of=AFTER), Aim.FALL_FORWARD, **ASKED),
}

SPEAK = {
    "refused": row(
        ("v1 is refused after its sunset (path)",), response(410, error()), WHERE, Aim.FALL_FORWARD, **ASKED
    ),
    "newest-serves": row(("v1 after its sunset is answered by v4",), NEW, WHERE, Aim.FALL_FORWARD, **ASKED),
    "says-it-is-itself": row(("says it is v1",), saying("v1"), SAYS, Aim.FALL_FORWARD, **ECHOING),
    "says-nothing": row(("says it is nothing",), OLD, SAYS, Aim.FALL_FORWARD, **ECHOING),
}


def test_what_serves_is_asked_plainly_beside_another() -> None:
    """The sunset version is asked for through every carrier; the one that serves it, and another, are compared with it."""
    found = asked(CHECK, WHERE)

    assert [ask.via for ask in found] == ["path", "header", "accept"]
    assert {(ask.expected_version, ask.compare) for ask in found} == {("v2", ("v2", "v4"))}
    assert not asked(CHECK, scene(RULES, "v1", "POST /things", as_of=AFTER))


def test_where_nothing_serves_nothing_is_promised() -> None:
    """The last version that was sunset is served by none."""
    alone = policy(sunset=FORWARD, versions=versions(v1=V1, v3=V3))

    assert CHECK.promised(scene(alone, "v1", as_of=AFTER)) is None


@pytest.mark.parametrize("check", [sunset_answer.CHECK, sunset_side_effect.CHECK], ids=lambda check: check.code)
def test_what_is_served_is_not_refused(check: Any) -> None:
    """The checks of a refusal promise nothing where another version serves."""
    assert check.promised(WHERE) is None
    assert check.promised(scene(policy(), "v1", as_of=AFTER)) is not None


def test_no_answer_is_an_early_sunset() -> None:
    """Where no status says that a version has ended, none says so early."""
    assert sunset_early.CHECK.promised(scene(RULES, "v1")) is None


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds after the sunset, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life, sunset=FORWARD), "v1", as_of=instant(as_of))

    serving = any(where.policy.stage(name, where.as_of).answers for name in where.policy.versions)
    assert is_promised(CHECK, where) is (stage is Stage.SUNSET and serving)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
