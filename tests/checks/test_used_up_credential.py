"""AV705: a credential that is used up is told so, and when to come back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.used_up_credential import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.policy.credentials import Credential
from pytest_apiversion.core.policy.selection import Answer, AnswerKind
from tests.checks.builders import (
    OPERATIONS,
    Row,
    agrees,
    asked,
    credential,
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

TOLD = Answer(kind=AnswerKind.REJECT, statuses=frozenset({429}), place="credentials.spent.used_up")
KEY = credential("key", scheme="Key")
SPENT = replace(credential("spent", scheme="Key"), used_up=TOLD)
READER = replace(credential("reader", scheme="Key"), read_only=replace(TOLD, statuses=frozenset({403})))
LOCKED = tuple(replace(each, security=({"Key": ()},)) for each in OPERATIONS)


def where(key: str = "GET /things", *credentials: Credential, **changes: Any) -> Scene:
    """A shop whose operations ask for a key."""
    return scene(policy(credentials=credentials or (KEY, SPENT)), key=key, **{"operations": LOCKED, **changes})


def told(status: int = 429, when: str | None = "30") -> Response:
    """A refusal that says when to come back."""
    return response(status, error("SLOW"), headers=(("Retry-After", when),) if when is not None else ())


def tried(expected: Any, answer: Response, of: Scene | None = None, aim: Aim = Aim.USED_UP) -> Row:
    """One request with the credential."""
    return row(expected, answer, of or where(), aim, probe="spent")


SILENT = {
    "told": tried("held", told()),
    "until-a-date": tried("held", told(when="Fri, 20 Nov 2026 13:00:00 GMT")),
    "at-once": tried("held", told(when="0")),
    "waits-for-nothing": tried("held", told(when=None), where("GET /things", KEY, replace(SPENT, waits=False))),
    "its-code": tried(
        "held", told(), where("GET /things", KEY, replace(SPENT, used_up=replace(TOLD, codes=frozenset({"SLOW"}))))
    ),
    "declared-otherwise": tried(
        "held", told(403), where("GET /things", KEY, replace(SPENT, used_up=replace(TOLD, statuses=frozenset({403}))))
    ),
    "nobody-is-served-now": tried("unspoken", response(503)),
    "declared-as-not-now": tried(
        "held",
        told(503),
        where("GET /things", KEY, replace(SPENT, used_up=replace(TOLD, statuses=frozenset({503})))),
    ),
    "another-aim": tried("unspoken", told(), aim=Aim.LESSER),
    "nobody-is-used-up": tried("unpromised", told(), where("GET /things", KEY)),
    "of-another-version": tried(
        "unpromised", told(), where("GET /things", KEY, replace(SPENT, versions=frozenset({"v1"})))
    ),
}

SPEAK = {
    "served": tried(("the used-up credential spent is accepted",), response(200, {"id": "t"})),
    "forbidden": tried(("gets 403",), told(403)),
    "not-when": tried(("does not say when to come back",), told(when=None)),
    "soon": tried(("does not say when to come back",), told(when="soon")),
    "a-fraction": tried(("does not say when to come back",), told(when="1.5")),
    "before-now": tried(("does not say when to come back",), told(when="-1")),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """No finding where the promise is kept, cannot be shown, or is not made."""
    assert said(CHECK, SILENT[name]) == SILENT[name].expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """Each broken row is found, with words that tell it apart."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected)


@pytest.mark.parametrize(
    ("key", "credentials", "wanted"),
    [
        pytest.param("GET /things", (KEY, SPENT), ["spent"], id="a-reading"),
        pytest.param("POST /things", (KEY, SPENT), [], id="a-write"),
        pytest.param("GET /health", (KEY, SPENT), [], id="neutral"),
        pytest.param("GET /things", (KEY, READER), [], id="may-only-read"),
        pytest.param("GET /things", (KEY, replace(SPENT, scheme="OAuth")), [], id="opens-it-for-nobody"),
    ],
)
def test_each_reading_that_it_would_open_is_asked(
    key: str, credentials: tuple[Credential, ...], wanted: list[str]
) -> None:
    """Writes are not tried: the service might serve them."""
    assert [ask.credential for ask in asked(CHECK, where(key, *credentials))] == wanted


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages in which a version answers."""
    life, as_of, stage = MOMENTS[name]
    shop = living(life, credentials=(KEY, SPENT))

    assert is_promised(CHECK, scene(shop, "v1", operations=LOCKED, as_of=instant(as_of))) is stage.answers
