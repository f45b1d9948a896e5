"""AV403: the same fault has the same code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from pytest_apiversion.checks.same_fault_same_code import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import Operation, Parameter
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.core.policy.responses import Envelope, Sunset
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import (
    HEADER,
    agrees,
    alias,
    asked,
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


def told(given: Sequence[Any]) -> str | tuple[str, ...]:
    """The same of a row, which may end with what its exchange is otherwise."""
    changes = given[4] if len(given) > len(("where", "aim", "here", "there")) else {}
    return held(*given[:4], **changes)


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


def body(*names: str, shape: str, **changes: Any) -> Operation:
    """A write whose body has to have some members."""
    schema = {"type": "object", "required": list(names), "properties": {name: {} for name in names}}
    settings: dict[str, Any] = {"body_schema": schema, "body_media_types": ("application/json",), "shape": shape}
    return operation("POST /things", **(settings | changes))


def bodies(older: Operation, newer: Operation, **changes: Any) -> Scene:
    """The shop, where two versions take other bodies."""
    settings: dict[str, Any] = {"unsafe": True} | changes
    contracts = {"v1": contract("v1", older), "v2": contract("v2", newer)}
    return scene(policy(same_codes=True), "v2", "POST /things", contracts=contracts, **settings)


KEY = Parameter(name="Idempotency-Key", place="header", required=True)
TOPIC, TASK = body("topic", shape="1"), body("task", shape="2")
OTHER_BODY, OPEN_BODY = bodies(TOPIC, TASK), bodies(body(shape="1"), TASK)
EMPTY = Request(method="POST", path="/things", body=b"{}")
FULL = Request(method="POST", path="/things", body=b'{"task": 1}')

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
    "nothing-in-another-body": ("held", OTHER_BODY, BAD, refused(), refused(), {"request": EMPTY}),
    "a-code-that-names-what-is-missing": (
        "held",
        OTHER_BODY,
        BAD,
        refused("TASK_MISSING"),
        refused("topic-missing"),
        {"request": EMPTY},
    ),
    "something-in-another-body": ("unasked", OTHER_BODY, BAD, refused("X"), refused(), {"request": FULL}),
    "nothing-is-enough-for-the-older": ("unasked", OPEN_BODY, BAD, refused("X"), refused(), {"request": EMPTY}),
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
    "nothing-in-another-body": (
        ("the status of data that is not valid is not that of v1",),
        OTHER_BODY,
        BAD,
        refused(status=400),
        refused(),
        {"request": EMPTY},
    ),
    "a-code-that-names-what-is-missing-in-one": (
        ("the code of data that is not valid is not that of v1",),
        OTHER_BODY,
        BAD,
        refused("TASK_MISSING"),
        refused(),
        {"request": EMPTY},
    ),
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
    sent = [exchange(WHERE, answer, aim, base=exchange(WHERE, answer).request) for aim, answer in refusals]

    assert [twin.of.aim for twin in CHECK.twins(sent, WHERE)] == [BAD, NOWHERE, METHOD]
    assert {twin.version for twin in CHECK.twins(sent, WHERE)} == {"v1"}


def test_without_credentials_both_must_ask_for_some() -> None:
    """A request without credentials is a fault of its own, where both versions ask for some."""
    assert CHECK.twins is not None
    secured = operation("GET /things", shape="same", security=({"key": ()},))
    answer = refused("UNAUTHORIZED", 401)
    for older, times in ((secured, 1), (GET, 0)):
        contracts = {"v1": contract("v1", older), "v2": contract("v2", secured)}
        where = scene(policy(same_codes=True), "v2", contracts=contracts)
        sent = [exchange(where, answer, BAD, base=exchange(where, answer).request)]
        assert len(list(CHECK.twins(sent, where))) == times


@pytest.mark.parametrize(
    ("where", "sent"),
    [
        (OTHER_BODY, [b"{}"]),
        (bodies(TOPIC, body("task", shape="1")), []),
        (OPEN_BODY, []),
        (bodies(TOPIC, TASK, unsafe=False), []),
        (bodies(TOPIC, body("task", shape="2", body_media_types=("application/x-www-form-urlencoded",))), []),
        (bodies(body("topic", shape="1", parameters=(KEY,)), TASK), []),
    ],
    ids=["other-bodies", "one-shape", "none-is-required", "only-reads", "a-form", "a-header-of-one"],
)
def test_nothing_is_sent_where_bodies_differ(where: Scene, sent: list[bytes]) -> None:
    """An object without members, once, where it lacks something in both versions and nothing else is wrong in either."""
    assert [ask.body for ask in asked(CHECK, where)] == sent


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    expected, *given = SILENT[name]

    assert agrees(found := told(given), expected), found


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What differs each time is said once a place."""
    expected, *given = SPEAK[name]

    assert agrees(found := told(given), expected), found
