"""AV607: after its sunset a version answers so whoever asks, whatever was sent, and whether the path was ever there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.sunset_first import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import Operation, ResponseSpec
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind
from pytest_apiversion.core.policy.responses import Sunset
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import (
    THING,
    V1,
    Row,
    agrees,
    alias,
    answers,
    asked,
    credential,
    error,
    exchange,
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

KEY = credential("key", scheme="Key")
ASKS: tuple[dict[str, tuple[str, ...]], ...] = ({"Key": ()},)
READ = operation("GET /things", answers(THING), security=ASKS)
WRITE = operation("POST /things", ResponseSpec(status="201"), security=ASKS, body_media_types=("application/json",))
OPEN = operation("GET /open", answers(THING), security=())
HEALTH = operation("GET /health", neutral=True)
OPERATIONS: list[Operation] = [HEALTH, READ, WRITE, OPEN]
ALL = Sunset(before=frozenset({"credentials", "validation", "routing"}))
AFTER = instant("2027-01-01")


def where(key: str | None = "GET /things", sunset: Sunset = ALL, **changes: Any) -> Scene:
    """An operation of `v1`, which is over."""
    rules = policy(credentials=(KEY,), sunset=sunset)
    return scene(rules, "v1", key, as_of=AFTER, operations=OPERATIONS, **changes)


def with_plain(expected: str | tuple[str, ...], status: int, method: str = "GET") -> Row:
    """A row in which a flawless request got a status, and one without a credential 401."""
    of = where()
    probe = exchange(of, response(401), Aim.SUNSET_FIRST, probe="credentials")
    return Row(
        expected=expected, scene=of, exchanges=(probe, exchange(of, response(status), Aim.SUNSET, method=method))
    )


def probed(expected: str | tuple[str, ...], status: int, probe: str, of: Scene | None = None) -> Row:
    """A row in which a faulty request got a status."""
    return row(expected, response(status, error()), of or where(), Aim.SUNSET_FIRST, probe=probe)


OVER = replace(V1, sunset=instant("2026-06-01"))
ALIAS = scene(
    policy(credentials=(KEY,), aliases={"plain": alias(OVER, gone=replace(ALL, place="aliases.plain.gone"))}),
    "plain",
    operations=OPERATIONS,
)

SILENT = {
    "gone-without-a-credential": probed("held", 410, "credentials"),
    "gone-with-a-broken-body": probed("held", 410, "validation", where("POST /things")),
    "gone-where-nobody-is": probed("held", 410, "routing"),
    "declared-otherwise": probed("held", 404, "routing", where(sunset=replace(ALL, statuses=frozenset({404})))),
    "alias": probed("held", 410, "credentials", ALIAS),
    "not-even-flawless-is-av601s": with_plain("yielded", 200),
    "no-answer-is-av700s": row(
        "unspoken", NoAnswer(kind=NoAnswerKind.CLOSED, detail=""), where(), Aim.SUNSET_FIRST, probe="routing"
    ),
    "another-aim": row("unspoken", response(401), where(), Aim.SUNSET),
    "not-yet": row(
        "unpromised", response(401), scene(policy(credentials=(KEY,), sunset=ALL), "v1", operations=OPERATIONS)
    ),
    "not-promised": probed("unpromised", 401, "credentials", where(sunset=Sunset())),
    "nothing-of-the-kind": probed(
        "unpromised", 401, "credentials", where("GET /open", Sunset(before=frozenset({"credentials"})))
    ),
}

SPEAK = {
    "asks-for-a-credential": probed(("a request without a credential gets 401 after the sunset",), 401, "credentials"),
    "reads-the-body": probed(("a body that is none gets 422",), 422, "validation", where("POST /things")),
    "looks-for-the-path": probed(("a path that nobody has gets 404",), 404, "routing"),
    "lets-in": probed(("a request without a credential gets 200",), 200, "credentials"),
    "crashes": probed(("a body that is none gets 500",), 500, "validation", where("POST /things")),
    "alias": probed(("a request without a credential gets 401",), 401, "credentials", ALIAS),
    "flawless-is-gone": with_plain(("a request without a credential gets 401",), 410),
    "another-method-is-served": with_plain(("a request without a credential gets 401",), 405, "PUT"),
}


def test_each_fault_is_tried_where_it_can_be() -> None:
    """No credential where one was needed, no body where there was one, and no such path once a version."""
    read, write = asked(CHECK, where()), asked(CHECK, where("POST /things"))

    assert [(ask.probe, ask.anonymous, ask.path) for ask in read] == [
        ("credentials", True, None),
        ("routing", False, "/no-such-route-here"),
    ]
    assert [(ask.probe, ask.body) for ask in write] == [("credentials", None), ("validation", b"{")]
    assert {ask.selection for ask in (*read, *write)} == {(("path", "v1"),)}
    assert asked(CHECK, where("GET /open")) == []


def test_what_does_not_go_first_is_not_tried() -> None:
    """Only the faults the policy names are made."""
    only = Sunset(before=frozenset({"validation"}))

    assert asked(CHECK, where(sunset=only)) == []
    assert [ask.probe for ask in asked(CHECK, where("POST /things", only))] == ["validation"]


def test_only_safe_methods_where_others_may_not_be_sent() -> None:
    """Against a shared server nothing is written, wrongly or not."""
    assert asked(CHECK, where("POST /things", unsafe=False)) == []


def test_an_alias_has_no_paths_nobody_has() -> None:
    """Below the prefix of an alias there may be anything."""
    assert [(ask.probe, ask.selection) for ask in asked(CHECK, ALIAS)] == [("credentials", ())]


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stage it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    of = scene(living(life, sunset=ALL), "v1", as_of=instant(as_of), operations=OPERATIONS)

    assert is_promised(CHECK, of) is (stage is Stage.SUNSET)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
