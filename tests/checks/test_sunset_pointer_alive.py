"""AV608: where the answer after a sunset points to is there, and so is what came after each of its operations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.sunset_pointer_alive import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind
from pytest_apiversion.core.policy.responses import Sunset
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import (
    GONE,
    V1,
    Row,
    agrees,
    alias,
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

AFTER = instant("2027-01-01")
WHERE = scene(policy(sunset=GONE), "v1", as_of=AFTER)
ONE = scene(policy(sunset=GONE), "v1", "GET /things/{id}", as_of=AFTER)
NO_POINTER = scene(subject="v1", as_of=AFTER)
OVER = replace(V1, sunset=instant("2026-06-01"))
ALIAS = scene(policy(aliases={"plain": alias(OVER)}), "plain")


def alone(*keys: str) -> Scene:
    """`v1` after its end, with these operations; `v2` has those of the shop."""
    contracts = {"v1": contract("v1", *map(operation, keys)), "v2": contract("v2"), "v3": contract("v3")}
    return scene(subject="v1", key=keys[0], as_of=AFTER, contracts=contracts)


def followed(expected: str | tuple[str, ...], status: int, of: Scene = WHERE) -> Row:
    """A row in which the place a sunset answer points to was asked for."""
    return row(expected, response(status, error() if status >= 400 else {}), of, Aim.POINTER)


def inherited(expected: str | tuple[str, ...], status: int, of: Scene = NO_POINTER) -> Row:
    """A row in which the successor of an operation was asked for."""
    return row(expected, response(status, error()), of, Aim.HEIR, expected_version="v2")


def pointed(expected: str | tuple[str, ...], path: str, status: int = 404, drawn: str = "/things/t-x7") -> Row:
    """A row in which the answer about a drawn thing points to a path."""
    rules = policy(sunset=GONE, base_url="https://api.example.org")
    where = scene(rules, "v1", "GET /things/{id}", as_of=AFTER)
    found = row(expected, response(status, error()), where, Aim.POINTER)
    base = replace(found.exchanges[0].request, path=drawn)
    about = replace(found.exchanges[0], base=base, request=replace(base, path=path))
    return replace(found, exchanges=(about,))


SILENT = {
    "a-drawn-thing": pointed("unspoken", "/api/v2/things/t-x7"),
    "a-drawn-thing-of-no-version": pointed("unspoken", "/api/things/t-x7"),
    "a-page-about-a-drawn-thing": pointed("unspoken", "/guide/t-x7"),
    "a-live-version": pointed("unspoken", "/api/v2"),
    "a-live-version-with-a-slash": pointed("unspoken", "/api/v2/"),
    "there": followed("held", 200),
    "moved": followed("held", 301),
    "for-those-who-may": followed("held", 401),
    "another-method": followed("held", 405),
    "inherited": inherited("held", 200),
    "inherited-for-those-who-may": inherited("held", 403),
    "inherited-busy": inherited("unspoken", 503),
    "perhaps-the-data": inherited("unspoken", 404, ONE),
    "inherited-from-an-alias": inherited("held", 200, ALIAS),
    "no-answer-is-av700s": row("unspoken", NoAnswer(kind=NoAnswerKind.TIMEOUT, detail=""), WHERE, Aim.POINTER),
    "the-answer-itself": row("unspoken", response(410, error("GONE")), WHERE, Aim.SUNSET),
    "not-yet": followed("unpromised", 404, scene(policy(sunset=GONE), "v1")),
    "served-by-another": followed(
        "unpromised", 404, scene(policy(sunset=Sunset(statuses=frozenset(), served_by="v2")), "v1", as_of=AFTER)
    ),
    "nothing-came-after": inherited("unpromised", 404, alone("GET /old")),
    "nothing-that-reads-came-after": inherited("unpromised", 404, alone("POST /things")),
    "the-successor-is-over-too": inherited(
        "unpromised",
        404,
        scene(living(replace(OVER, successor="v3")), "v1"),
    ),
    "no-successor": inherited("unpromised", 404, scene(living(replace(OVER, successor=None)), "v1")),
}

SPEAK = {
    "a-path-that-v2-has-not": pointed(("points to nothing: it gets 404",), "/api/v2/old/t-x7"),
    "a-path-without-a-name": pointed(("points to nothing: it gets 404",), "/api/v2/things"),
    "a-page-about-nothing": pointed(("points to nothing: it gets 404",), "/guide/of"),
    "the-version-that-is-over": pointed(("points to nothing: it gets 410",), "/api/v1/things/t-x7", 410),
    "the-prefix-of-what-is-over": pointed(("points to nothing: it gets 404",), "/api/v1"),
    "the-prefix-of-what-is-to-come": pointed(("points to nothing: it gets 404",), "/api/v3"),
    "a-version-nobody-declared": pointed(("points to nothing: it gets 404",), "/api/v7/things/t-x7"),
    "the-prefix-of-a-version-nobody-declared": pointed(("points to nothing: it gets 404",), "/api/v7"),
    "a-crash-about-a-drawn-thing": pointed(("points to nothing: it gets 500",), "/api/v2/things/t-x7", 500),
    "nothing-there": followed(("the answer after the sunset points to nothing: it gets 404",), 404),
    "in-a-circle": followed(("points to nothing: it gets 410",), 410),
    "crashes": followed(("points to nothing: it gets 500",), 500),
    "unavailable": followed(("points to nothing: it gets 503",), 503),
    "not-routed": inherited(("what came after it gets 404",), 404),
    "not-that-method": inherited(("what came after it gets 405",), 405, ONE),
    "over-as-well": inherited(("what came after it gets 410",), 410, ONE),
    "not-implemented": inherited(("what came after it gets 501",), 501),
    "alias-leads-nowhere": inherited(("what came after it gets 404",), 404, ALIAS),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stage it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]

    assert is_promised(CHECK, scene(living(life, sunset=GONE), "v1", as_of=instant(as_of))) is (stage is Stage.SUNSET)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
