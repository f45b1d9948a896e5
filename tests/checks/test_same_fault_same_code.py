"""AV403: the same fault has the same code."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.checks.same_fault_same_code import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.policy.responses import Envelope, Sunset
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import (
    HEADER,
    agrees,
    alias,
    contract,
    error,
    exchange,
    held_against,
    operation,
    policy,
    response,
    scene,
    versions,
)

GET, PUT = operation("GET /things", shape="same"), operation("PUT /things", shape="same")


def shop(subject: str = "v2", key: str = "GET /things", **changes: Any) -> Scene:
    """A scene of the shop, whose versions have the same codes."""
    return scene(policy(**{"same_codes": True} | changes), subject, key, operations=(GET, PUT))


def refused(code: str = "INVALID", status: int = 422) -> Response:
    """An error."""
    return response(status, error(code))


def held(where: Scene, aim: Aim, here: Any, there: Any, **changes: Any) -> str | tuple[str, ...]:
    """What the check says of the newer version's answer, given the older one's."""
    return held_against(CHECK, where, here, there, aim=aim, **changes)


WHERE, WRITES = shop(), shop(key="PUT /things")
BAD, NOWHERE, METHOD = Aim.REFUSED, Aim.UNKNOWN_DATA, Aim.UNROUTED
MISSING = refused("NOT_FOUND", 404)
OF_403 = shop(sunset=Sunset(statuses=frozenset({403})))
ANY_4XX = shop(sunset=Sunset(statuses=frozenset(range(400, 500))))
NO_CODE = shop(envelopes={"error": Envelope(name="error")})
OTHER_SHAPE = scene(
    policy(same_codes=True),
    "v2",
    contracts={"v1": contract("v1", operation("GET /things", shape="x")), "v2": contract("v2", GET)},
)
SEMVER = scene(
    policy(HEADER, scheme="semver", versions=versions(**{"1.0.0": Lifecycle(), "1.1.0": Lifecycle()})),
    "1.1.0",
    operations=(GET, PUT),
)

SILENT: dict[str, tuple[Any, ...]] = {
    "same-fault": ("held", WHERE, BAD, refused(), refused()),
    "same-words-otherwise": ("held", WHERE, BAD, response(422, error("INVALID", hint="a")), refused()),
    "not-there": ("held", WHERE, NOWHERE, MISSING, MISSING),
    "changes-from-time-to-time": ("held", WHERE, BAD, (refused(), refused("OTHER")), (refused("OTHER"),)),
    "accepted-by-the-older": ("held", WHERE, BAD, refused(), response(200, {"id": "a"})),
    "another-fault-in-the-older": ("held", WHERE, BAD, refused(), refused("SLOW", 429)),
    "not-routed-in-the-older-is-av302s": ("held", WRITES, BAD, refused(), refused("METHOD", 405)),
    "no-envelope-is-av401s": ("held", WHERE, BAD, refused(), response(422, {"detail": "x"})),
    "an-early-sunset-is-av604s": ("held", WHERE, NOWHERE, MISSING, refused("GONE", 410)),
    "crashed": ("unasked", WHERE, BAD, response(500, error()), refused()),
    "accepted": ("unasked", WHERE, NOWHERE, response(200, {"id": "a"}), refused()),
    "a-version-fault": ("unasked", WHERE, Aim.UNKNOWN, MISSING, refused("X", 404)),
    "a-write-about-nothing": ("unasked", WRITES, NOWHERE, MISSING, refused("X", 404)),
    "other-requests-in-the-older": ("unasked", OTHER_SHAPE, BAD, refused(), refused("X")),
    "not-said": ("unpromised", shop(same_codes=False), BAD, refused(), refused("X")),
    "an-envelope-without-code": ("unpromised", NO_CODE, BAD, refused(), refused("X")),
    "the-oldest": ("unpromised", shop("v1"), BAD, refused(), refused("X")),
    "alias": ("unpromised", shop("plain", aliases={"plain": alias()}), BAD, refused(), refused("X")),
}

SPEAK: dict[str, tuple[Any, ...]] = {
    "a-code": (("the code of data that is not valid is not that of v1",), WHERE, BAD, refused("OTHER"), refused()),
    "a-code-where-a-sunset-may-have-any-4xx": (
        ("the code of data that is not valid",),
        ANY_4XX,
        BAD,
        refused("OTHER"),
        refused(),
    ),
    "each-time": (
        ("the code of data that is not valid",),
        WHERE,
        BAD,
        (refused("OTHER"), refused("OTHER"), refused("OTHER")),
        (refused(), refused()),
    ),
    "a-status": (("the status of data that is not valid",), WRITES, BAD, refused(status=400), refused()),
    "of-what-is-not-there": (("the code of what is not there",), WHERE, NOWHERE, refused("GONE", 404), MISSING),
    "gone-for-not-there": (("the status of what is not there",), WHERE, NOWHERE, refused("NOT_FOUND", 410), MISSING),
    "not-there-for-gone": (("the status of what is not there",), OF_403, NOWHERE, MISSING, refused("NOT_FOUND", 410)),
    "of-a-method": (("the code of a method",), WHERE, METHOD, refused("A", 405), refused("B", 405)),
    "of-a-minor-version-always": (("is not that of 1.0.0",), SEMVER, BAD, refused("OTHER"), refused()),
}


def test_each_kind_of_fault_is_asked_once() -> None:
    """One of what is not there, one of what is not valid, one wrong method; and only where something was refused."""
    assert CHECK.twins is not None
    refusals = [
        (BAD, refused()),
        (BAD, refused()),
        (NOWHERE, MISSING),
        (METHOD, refused("M", 405)),
        (BAD, response(200)),
    ]
    asked = [exchange(WHERE, answer, aim, base=exchange(WHERE, answer).request) for aim, answer in refusals]

    assert [twin.of.aim for twin in CHECK.twins(asked, WHERE)] == [BAD, NOWHERE, METHOD]
    assert {twin.version for twin in CHECK.twins(asked, WHERE)} == {"v1"}


def test_without_credentials_both_must_ask_for_some() -> None:
    """A request without credentials is a fault of its own, where both versions ask for some."""
    assert CHECK.twins is not None
    secured = operation("GET /things", shape="same", security=({"key": ()},))
    answer = refused("UNAUTHORIZED", 401)
    for older, times in ((secured, 1), (GET, 0)):
        contracts = {"v1": contract("v1", older), "v2": contract("v2", secured)}
        where = scene(policy(same_codes=True), "v2", contracts=contracts)
        asked = [exchange(where, answer, BAD, base=exchange(where, answer).request)]
        assert len(list(CHECK.twins(asked, where))) == times


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
