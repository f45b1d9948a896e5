"""AV309: an alias answers as its version does."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.checks.alias_equivalent import CHECK
from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.core.checking.exchange import Response
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import agrees, alias, error, held_against, instant, policy, response, scene


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
