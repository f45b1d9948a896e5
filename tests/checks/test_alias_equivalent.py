"""AV309: an alias answers as its version does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.alias_equivalent import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.exchange import Comparison, Exchange
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.core.http.response_differences import steady_differences, value_differences
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import (
    agrees,
    alias,
    error,
    exchange,
    held_against,
    instant,
    policy,
    response,
    row,
    scene,
)
from tests.checks.builders import said as verdict


def aliased(**changes: Any) -> Scene:
    """A scene of an alias of the shop."""
    return scene(policy(aliases={"plain": alias(**changes)}), "plain")


def said(value: Any) -> Response:
    """A success."""
    return response(200, value)


def held(where: Scene, here: Any, there: Any) -> str | tuple[str, ...]:
    """What the check says."""
    return held_against(CHECK, where, here, there)


WHERE = aliased()
ONE, OTHER = said({"id": "a", "note": "x"}), said({"id": "a", "note": "y"})
OVER = scene(policy(aliases={"plain": alias(Lifecycle(sunset=instant("2026-01-01")))}), "plain")
OF_V1 = scene(policy(aliases={"plain": alias(version="v1")}), "plain", as_of=instant("2027-02-01"))

SILENT: dict[str, tuple[Any, ...]] = {
    "equal": ("held", WHERE, ONE, ONE),
    "times": ("held", WHERE, (ONE, said({"id": "a", "note": "z"})), (OTHER,)),
    "a-list-that-grows": (
        "held",
        WHERE,
        (said({"id": "a", "l": [1]}), said({"id": "a", "l": []})),
        (said({"id": "a", "l": [2, 3]}),),
    ),
    "links-to-where-it-was-asked": (
        "held",
        WHERE,
        said({"id": "a", "note": "/api/plain/things"}),
        said({"id": "a", "note": "/api/things"}),
    ),
    "broken-contract-is-av301s": ("unspoken", WHERE, said({"data": {"id": "a"}}), ONE),
    "the-version-refuses": ("unspoken", WHERE, ONE, response(404, error())),
    "the-alias-refuses": ("unasked", WHERE, response(404, error()), ONE),
    "not-equivalent-and-said-so": ("unpromised", aliased(equivalent=False), ONE, OTHER),
    "ended": ("unpromised", OVER, ONE, OTHER),
    "of-a-version-that-ended": ("unpromised", OF_V1, ONE, OTHER),
    "no-alias": ("unpromised", scene(), ONE, OTHER),
}

SPEAK: dict[str, tuple[Any, ...]] = {
    "a-value": (("/note is not as in v2",), WHERE, ONE, OTHER),
    "a-value-each-time": (("/note is not as in v2",), WHERE, (ONE, ONE, ONE), (OTHER, OTHER)),
    "a-member-more": (("/more is not as in v2",), WHERE, said({"id": "a", "note": "x", "more": 1}), ONE),
    "a-member-less": (("/note is not as in v2",), WHERE, said({"id": "a"}), ONE),
    "many": (
        tuple(f"/m{number}" for number in range(5)),
        WHERE,
        said({"id": "a"}),
        said({"id": "a"} | {f"m{n}": n for n in range(9)}),
    ),
}


def twins(*exchanges: Exchange, where: Scene = WHERE) -> list[Exchange]:
    """What is asked of the version too."""
    assert CHECK.twins is not None
    asked = [replace(each, base=Request(method=each.request.method, path="/things")) for each in exchanges]
    return [twin.of for twin in CHECK.twins(asked, where)]


def test_writes_and_refusals_are_asked_of_the_version_too() -> None:
    """The first success of a write, and the first refusal of each fault; nothing where the operation never succeeds."""
    write = scene(WHERE.policy, "plain", "POST /things")
    created = exchange(write, response(201, {"id": "a"}))
    wrong = [exchange(write, response(400, error()), Aim.REFUSED) for _ in range(2)]
    nobody = exchange(write, response(401, error()), Aim.ANONYMOUS)
    later = exchange(write, response(503), Aim.UNKNOWN_DATA)

    assert [each.aim for each in twins(created, created, *wrong, nobody, later, where=write)] == [
        Aim.ACCEPTED,
        Aim.REFUSED,
        Aim.ANONYMOUS,
    ]
    assert twins(*wrong, nobody, where=write) == []


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        pytest.param(response(400, error("NO")), response(400, error("NO")), "held", id="alike"),
        pytest.param(
            response(400, error("NO")), response(400, error("YES")), ("/error/code is not as in v2",), id="another-code"
        ),
        pytest.param(
            response(422, error("NO")), response(400, error("NO")), ("status is not as in v2",), id="another-status"
        ),
        pytest.param(response(400, {"no": 1}), response(400, error("NO")), "unspoken", id="the-envelope-is-av401s"),
        pytest.param(response(400, error("NO")), response(200, {"id": "a"}), "unspoken", id="one-succeeds"),
        pytest.param(response(400, error("NO")), response(503), "unspoken", id="busy"),
    ],
)
def test_refusals_are_alike(here: Response, there: Response, expected: str | tuple[str, ...]) -> None:
    """A wrong request is refused in the same way at both places."""
    found = Comparison(
        version="v2",
        here=here,
        there=there,
        differences=steady_differences([here], [there], lambda one, other: value_differences(one, other, str.__eq__)),
    )
    of = row(expected, here, WHERE, Aim.TARGET, comparison=found, via="plain")

    assert agrees(verdict(CHECK, of), expected), verdict(CHECK, of)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    expected, *given = SILENT[name]

    assert agrees(held(*given), expected), held(*given)


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What differs each time is said once a place."""
    expected, *given = SPEAK[name]

    assert agrees(held(*given), expected), held(*given)
