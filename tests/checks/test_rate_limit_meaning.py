"""AV703: the headers of a rate limit mean what they say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.rate_limit_meaning import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
from pytest_apiversion.core.policy.credentials import Credential
from pytest_apiversion.core.policy.responses import RateLimit, RequiredHeader
from tests.checks.builders import (
    OPERATIONS,
    Row,
    agrees,
    asked,
    concluded,
    credential,
    error,
    exchange,
    instant,
    living,
    policy,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

RATE = RateLimit(limit="X-Limit", remaining="X-Left", reset="X-Reset", versions=frozenset({"v2"}))
ALL = replace(RATE, versions=None)
NOON, EPOCH = "Fri, 20 Nov 2026 12:00:00 GMT", 1795176000
"""One instant as an HTTP date and in seconds since 1970."""


_DIGITS = tuple(
    RequiredHeader(name=name, place=f"headers[{number}]", pattern=BoundedPattern("[0-9]+"))
    for number, name in enumerate(("X-Limit", "x-left", "X-Reset"))
)


def limited(rate: RateLimit | None = RATE, subject: str = "v2", key: str | None = "GET /things") -> Scene:
    """A scene whose policy says what the headers mean."""
    return scene(policy(rate_limit=rate), subject, key)


def told(left: Any = 5, limit: Any = 60, reset: Any = EPOCH + 60, date: str | None = NOON, status: int = 200) -> Any:
    """An answer with these headers; None leaves one out."""
    pairs = (("X-Limit", limit), ("X-Left", left), ("X-Reset", reset), ("Date", date))
    body = {"id": "t"} if status < 400 else error()
    return response(status, body, headers=tuple((name, str(text)) for name, text in pairs if text is not None))


WHERE = limited()
SECONDS, DATE = limited(replace(RATE, form="seconds")), limited(replace(RATE, form="date"))
TABLE = limited(replace(RATE, limits={"GET /things": 60, "POST /things": 10}))

FORMED = scene(policy(rate_limit=RATE, headers=_DIGITS), "v2", "GET /things")

SILENT = {
    "forms-are-av701s": row("held", told(left="few", limit="many"), FORMED),
    "the-form-of-a-reset-is-av701s": row("held", told(reset="soon"), FORMED),
    "no-form-is-right": row("unspoken", told("few", "many", "soon"), FORMED),
    "some-left": row("held", told(), WHERE),
    "nothing-left": row("held", told(0), WHERE),
    "all-left": row("held", told(60), WHERE),
    "on-errors": row("held", told(status=404), WHERE, Aim.UNKNOWN_DATA),
    "ends-now": row("held", told(reset=EPOCH), WHERE),
    "ended-within-the-second": row("held", told(reset=EPOCH - 1), WHERE),
    "no-clock": row("held", told(reset=1, date=None), WHERE),
    "a-clock-nobody-reads": row("held", told(reset=1, date="today"), WHERE),
    "seconds-left": row("held", told(reset=0), SECONDS),
    "date": row("held", told(reset="Fri, 20 Nov 2026 12:01:00 GMT"), DATE),
    "as-in-the-table": row("held", told(), TABLE),
    "not-in-the-table": row("held", told(limit=7), limited(replace(RATE, limits={"GET /other": 60}))),
    "some-headers": row("held", told(limit=None, reset=None), WHERE),
    "no-headers-are-av701s": row("unspoken", told(None, None, None), WHERE),
    "version-errors": row("unspoken", told(99), WHERE, Aim.UNKNOWN),
    "neutral": row("unspoken", told(99), limited(key="GET /health")),
    "crash-is-av402s": row("unspoken", told(99, status=500), WHERE),
    "another-version": row("unpromised", told(99), limited(subject="v1")),
    "not-said": row("unpromised", told(99), limited(None)),
}

SPEAK = {
    "more-left-than-allowed": row(("X-Left is more than X-Limit",), told(61), WHERE),
    "less-than-nothing": row(("X-Left is no number of requests",), told(-1), WHERE),
    "no-number": row(("X-Limit is no number of requests",), told(limit="60/min"), WHERE),
    "beyond-counting": row(("X-Limit is no number of requests",), told(limit="9" * 5000), WHERE),
    "in-the-past": row(("X-Reset lies in the past",), told(reset=EPOCH - 60), WHERE),
    "seconds-taken-for-an-instant": row(("X-Reset lies in the past",), told(reset=60), WHERE),
    "no-instant": row(("X-Reset is no instant",), told(reset="soon"), WHERE),
    "beyond-the-calendar": row(("X-Reset is no instant",), told(reset=10**14), WHERE),
    "an-instant-for-seconds": row(("X-Reset is no number of seconds",), told(reset=NOON), SECONDS),
    "a-date-in-the-past": row(("X-Reset lies in the past",), told(reset="Fri, 20 Nov 2026 11:00:00 GMT"), DATE),
    "a-number-for-a-date": row(("X-Reset is no instant",), told(), DATE),
    "not-as-in-the-table": row(("X-Limit is 100, not 60",), told(limit=100), TABLE),
}


def at(where: Scene, second: float, answer: Any, **changes: Any) -> Exchange:
    """An exchange that took a tenth of a second and ended here."""
    return exchange(where, replace(answer, received=second, elapsed=0.1), **changes)


def window(*rows: tuple[float, int, int], where: Scene = WHERE) -> Row:
    """Answers: when, what was left, and the reset; expected is the test's to say."""
    found = tuple(at(where, second, told(left, reset=EPOCH + reset)) for second, left, reset in rows)
    return Row(expected="", scene=where, exchanges=found)


WINDOWS: dict[str, tuple[Row, str | tuple[str, ...]]] = {
    # name: the answers, and what is concluded
    "counts-down": (window((1, 9, 60), (2, 8, 60)), "held"),
    "stays": (window((1, 9, 60), (2, 9, 60)), "held"),
    "next-window": (window((1, 1, 60), (2, 9, 120)), "unspoken"),
    "in-flight-together": (window((1, 8, 60), (1.05, 9, 60)), "unspoken"),
    "in-another-order": (window((2, 8, 60), (1, 9, 60)), "held"),
    "one": (window((1, 9, 60)), "unspoken"),
    "grows": (window((1, 8, 60), (2, 9, 60)), ("X-Left grows within a window",)),
    "grows-later": (window((1, 9, 60), (2, 7, 60), (3, 8, 60)), ("X-Left grows within a window",)),
    "seconds-left": (window((1, 9, -EPOCH + 30), (2, 8, -EPOCH + 30), where=SECONDS), "held"),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_what_is_left_of_a_window(name: str) -> None:
    """Within one window what is left does not grow from an answer to one that was asked for after it."""
    answers, expected = WINDOWS[name]

    assert agrees(concluded(CHECK, answers), expected), concluded(CHECK, answers)


def test_each_credential_has_a_window_of_its_own() -> None:
    """What one credential has left says nothing of another's."""
    answers = []
    for second, left, key in ((1, 1, "a"), (2, 9, "b")):
        found = at(WHERE, second, told(left))
        signed = replace(found.request, headers=(("X-Key", key),), secrets=(("X-Key", "$KEY"),))
        answers.append(replace(found, request=signed))

    assert concluded(CHECK, Row(expected="", scene=WHERE, exchanges=tuple(answers))) == "unspoken"


def test_growth_is_a_warning() -> None:
    """Machines that count apart are no broken promise."""
    assert CHECK.conclude is not None
    grown, _ = WINDOWS["grows"]

    (broken,) = CHECK.conclude(grown.exchanges, grown.scene) or ()
    assert broken.severity is Severity.WARNING


def test_without_a_reset_no_window_is_known() -> None:
    """Nothing is concluded where the end of a window is not said."""
    where = limited(RateLimit(limit="X-Limit", remaining="X-Left"))

    assert concluded(CHECK, window((1, 8, 60), (2, 9, 60), where=where)) == "unspoken"


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages in which a version answers."""
    life, as_of, stage = MOMENTS[name]

    assert is_promised(CHECK, scene(living(life, rate_limit=ALL), "v1", as_of=instant(as_of))) is stage.answers


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


KEY, GOLD = credential("key", scheme="Key"), credential("gold", scheme="Key")
NONE_FIRST: Any = ({}, {"Key": ()})
KEY_FIRST: Any = ({"Key": ()}, {})
OPEN = tuple(replace(each, security=NONE_FIRST) for each in OPERATIONS)
LOCKED = tuple(replace(each, security=({"Key": ()},)) for each in OPERATIONS)
WHOSE = replace(RATE, credentials={"key": 60, "gold": 600}, anonymous=6)


def whose(rate: RateLimit = WHOSE, operations: Any = OPEN) -> Scene:
    """A shop that says what the limit is for whom."""
    return scene(policy(rate_limit=rate, credentials=(KEY, GOLD)), operations=operations)


ASKERS: dict[str, tuple[tuple[Credential, ...], int, RateLimit, str | tuple[str, ...]]] = {
    # name: the credentials it went with, the limit it was told, whose limits are known, and what is said
    "usual": ((KEY,), 60, WHOSE, "held"),
    "gold": ((GOLD,), 600, WHOSE, "held"),
    "nobody": ((), 6, WHOSE, "held"),
    "gold-as-usual": ((GOLD,), 60, WHOSE, ("X-Limit is 60, not 600",)),
    "nobody-as-usual": ((), 60, WHOSE, ("X-Limit is 60, not 6",)),
    "the-operation-goes-before": ((GOLD,), 60, replace(WHOSE, limits={"GET /things": 60}), "held"),
    "nothing-said-of-it": ((GOLD,), 7, replace(WHOSE, credentials={"key": 60}), "held"),
}


@pytest.mark.parametrize("name", ASKERS)
def test_the_limit_is_that_of_who_asks(name: str) -> None:
    """By credential, and without one; what is said of an operation goes before."""
    sent, limit, rate, expected = ASKERS[name]
    where = whose(rate)
    found = exchange(where, told(limit=limit), Aim.TIER)
    found = replace(found, request=replace(found.request, secrets=tuple(pair for each in sent for pair in each.shown)))

    assert agrees(said(CHECK, Row(expected=expected, scene=where, exchanges=(found,))), expected)


def test_whose_limit_is_known_is_asked() -> None:
    """Once a version, beside the usual requests; where a credential is needed, nobody asks without one."""
    with_key, without = (tuple(replace(each, security=rows) for each in OPERATIONS) for rows in (KEY_FIRST, NONE_FIRST))
    asks = asked(CHECK, whose(operations=with_key))
    assert [(ask.credential, ask.anonymous, ask.once) for ask in asks] == [("gold", False, True), (None, True, True)]
    assert [(ask.credential, ask.anonymous) for ask in asked(CHECK, whose(operations=without))] == [
        ("key", False),
        ("gold", False),
    ]
    assert [ask.credential for ask in asked(CHECK, whose(operations=LOCKED))] == ["gold"]
    assert asked(CHECK, whose(RATE)) == []
