"""AV310: what only adds takes nothing away."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.checks.minor_contains import CHECK
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.policy.compatibility import Allowance, Changes
from pytest_apiversion.core.policy.selection import Echo
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from tests.checks.builders import (
    HEADER,
    Row,
    agrees,
    alias,
    answers,
    concluded,
    contract,
    error,
    exchange,
    held_against,
    instant,
    operation,
    policy,
    response,
    scene,
    versions,
)

BARE: dict[str, Any] = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
NOTED: dict[str, Any] = {**BARE, "properties": {**BARE["properties"], "note": {"type": "string"}}}
NUMBERED: dict[str, Any] = {**BARE, "properties": {**BARE["properties"], "note": {"type": "integer"}}}


def api(*names: str, subject: str = "", schemas: tuple[Any, ...] = (BARE, BARE, BARE), **changes: Any) -> Scene:
    """A scene of the last of some versions (or another), with a contract each."""
    lives = {name: Lifecycle() for name in names} | changes.pop("lives", {})
    rules = policy(HEADER, scheme=changes.pop("scheme", "semver"), versions=versions(**lives), **changes)
    contracts = {
        name: contract(name, operation("GET /things", answers(schema)))
        for name, schema in zip(rules.versions, schemas, strict=False)
    }
    return scene(rules, subject or list(rules.versions)[-1], contracts=contracts)


def said(value: Any) -> Response:
    """A success."""
    return response(200, value)


def held(where: Scene, here: Any, there: Any) -> str | tuple[str, ...]:
    """What the check says of the newer answer, given the older one."""
    return held_against(CHECK, where, here, there)


MINOR, PATCH = api("1.0.0", "1.1.0"), api("1.0.0", "1.0.1")
FULL, LESS = said({"id": "a", "note": "x"}), said({"id": "a"})
LISTED = said({"id": "a", "items": [{"n": 1}, {"n": 2, "m": 1}]})
OPEN: dict[str, Any] = {"type": ["object", "array"]}
ENDED = {"1.0.0": Lifecycle(sunset=instant("2026-01-01"))}

SILENT: dict[str, tuple[Any, ...]] = {
    "equal": ("held", MINOR, FULL, FULL),
    "more": ("held", MINOR, FULL, LESS),
    "other-values": ("held", MINOR, FULL, said({"id": "b", "note": "y"})),
    "null-where-there-was-a-text": ("held", MINOR, said({"id": "a", "note": None}), FULL),
    "a-text-where-there-was-null": ("held", MINOR, FULL, said({"id": "a", "note": None})),
    "whole-numbers-are-numbers": ("held", MINOR, said({"id": "a", "n": 1}), said({"id": "a", "n": 1.5})),
    "an-empty-list": ("held", MINOR, said({"id": "a", "items": []}), LISTED),
    "one-element-less": ("held", MINOR, said({"id": "a", "items": [{"n": 1, "m": 1}]}), LISTED),
    "a-member-that-comes-and-goes": ("held", MINOR, (LESS, LESS), (FULL, LESS)),
    "declared-volatile": ("held", api("1.0.0", "1.1.0", volatile=("/note",)), LESS, FULL),
    "gone-from-the-contract-is-av306s": ("held", api("1.0.0", "1.1.0", schemas=(NOTED, BARE)), LESS, FULL),
    "retyped-in-the-contract-is-av306s": (
        "held",
        api("1.0.0", "1.1.0", schemas=(NOTED, NUMBERED)),
        said({"id": "a", "note": 1}),
        FULL,
    ),
    "broken-contract-is-av301s": ("unspoken", MINOR, said({"note": "x"}), FULL),
    "the-older-refuses": ("unspoken", MINOR, LESS, response(404, error())),
    "another-version-answers-for-the-older-is-av210s": (
        "unspoken",
        api("1.0.0", "1.1.0", echo=Echo(header="X-Served")),
        response(200, {"id": "a"}, headers=(("X-Served", "1.1.0"),)),
        response(200, {"id": "a", "note": "x"}, headers=(("X-Served", "1.1.0"),)),
    ),
    "the-newer-refuses": ("unasked", MINOR, response(404, error()), FULL),
    "a-major-version": ("unpromised", api("1.0.0", "2.0.0"), LESS, FULL),
    "the-first": ("unpromised", api("1.0.0"), LESS, FULL),
    "before-1.0.0": ("unpromised", api("0.1.0", "0.2.0"), LESS, FULL),
    "the-older-ended": ("unpromised", api("1.0.0", "1.1.0", lives=ENDED), LESS, FULL),
    "vN": ("unpromised", scene(), LESS, FULL),
    "alias": ("unpromised", scene(policy(aliases={"plain": alias()}), "plain"), LESS, FULL),
    "allowed-by-the-policy": (
        "unpromised",
        api("1.0.0", "1.1.0", changes=Changes(bumps={"minor": Allowance.ANY})),
        LESS,
        FULL,
    ),
}

SPEAK: dict[str, tuple[Any, ...]] = {
    "a-member-less-in-a-minor": (("/note is not what it was in 1.0.0",), MINOR, LESS, FULL),
    "a-member-less-in-a-patch": (("/note is not what it was in 1.0.0",), PATCH, LESS, FULL),
    "each-time": (("/note is not",), MINOR, (LESS, LESS, LESS), (FULL, FULL)),
    "optional-in-both-contracts": (("/note is not",), api("1.0.0", "1.1.0", schemas=(NOTED, NOTED)), LESS, FULL),
    "another-type": (("/n is not",), MINOR, said({"id": "a", "n": "1"}), said({"id": "a", "n": 1})),
    "in-elements": (("/items/*/m is not",), MINOR, said({"id": "a", "items": [{"n": 1}]}), LISTED),
    "a-list-for-an-object": (
        ("the body is not",),
        api("1.0.0", "1.1.0", schemas=(OPEN, OPEN)),
        said([1]),
        said({"a": 1}),
    ),
    "additive-by-the-policy": (
        ("/note is not what it was in v1",),
        api("v1", "v2", scheme="vN", changes=Changes(bumps={"major": Allowance.ADDITIVE})),
        LESS,
        FULL,
    ),
}


def test_the_step_decides_what_is_asked() -> None:
    """A version is held to the one before it, and what the one before it does not have is not asked for."""
    where = api("1.0.0", "1.0.1", "1.1.0")
    assert CHECK.twins is not None
    first = exchange(where, FULL)
    asked = [exchange(where, FULL, base=first.request)]
    assert [twin.version for twin in CHECK.twins(asked, where)] == ["1.0.1"]

    bare = scene(where.policy, "1.1.0", contracts={**where.contracts, "1.0.1": contract("1.0.1", operation("GET /a"))})
    assert not list(CHECK.twins(asked, bare))


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


GONE = Lifecycle(preview=True, sunset=instant("2026-01-01"))
SHOWN_ONCE = {"id": "a", "note": "x", "parts": [{"n": 1}]}


PLAIN = operation("GET /plain", answers(BARE))
"""What neither contract has examples of."""


def promoted(*examples: Any, life: Lifecycle = GONE, stable: tuple[Any, ...] = (), **changes: Any) -> Scene:
    """A scene of a stable version whose last preview has these frozen examples of an answer, and is gone."""
    schemas = changes.pop("schemas", (BARE, BARE))
    lives = {"1.0.0": Lifecycle(), "1.1.0-rc.1": life, "1.1.0": Lifecycle()}
    changes.setdefault("changes", Changes(bumps={"promotion": Allowance.ADDITIVE}))
    rules = policy(HEADER, scheme="semver", versions=versions(**lives), **changes)
    contracts = {
        "1.0.0": contract("1.0.0", operation("GET /others", answers(BARE))),
        "1.1.0-rc.1": contract("1.1.0-rc.1", operation("GET /things", answers(schemas[0], *examples)), PLAIN),
        "1.1.0": contract("1.1.0", operation("GET /things", answers(schemas[1], *stable)), PLAIN),
    }
    return scene(rules, "1.1.0", contracts=contracts)


NEXT = promoted(SHOWN_ONCE)
LIKE_IT = {"id": "b", "note": "y", "parts": [{"n": 2}]}

PROMOTED: dict[str, tuple[Any, Scene, tuple[Any, ...]]] = {
    "as-it-was-shown": ("held", NEXT, (LIKE_IT,)),
    "more": ("held", NEXT, (LIKE_IT | {"more": 1},)),
    "in-one-of-many": ("held", NEXT, ({"id": "c"}, LIKE_IT)),
    "an-empty-list": ("held", NEXT, (LIKE_IT | {"parts": []},)),
    "null": ("held", NEXT, (LIKE_IT | {"note": None},)),
    "not-in-every-example": ("held", promoted(SHOWN_ONCE, {"id": "d"}), ({"id": "c"},)),
    "no-examples": ("unspoken", promoted(), ({"id": "c"},)),
    "its-own-examples-are-av303s": ("unspoken", promoted(SHOWN_ONCE, stable=(SHOWN_ONCE,)), ({"id": "c"},)),
    "gone-from-the-contract-is-av306s": (
        "held",
        promoted({"id": "a", "note": "x"}, schemas=(NOTED, BARE)),
        ({"id": "c"},),
    ),
    "declared-volatile": ("held", promoted(SHOWN_ONCE, volatile=("/note", "/parts")), ({"id": "c"},)),
    "retyped-in-the-contract-is-av306s": (
        "held",
        promoted({"id": "a", "note": "x"}, schemas=(NOTED, NUMBERED)),
        ({"id": "c", "note": 7},),
    ),
    "broken-contract-is-av301s": ("unspoken", NEXT, ({"note": "y"},)),
    "any-promotion": (
        "unpromised",
        promoted(SHOWN_ONCE, changes=Changes(bumps={"promotion": Allowance.ANY, "minor": Allowance.ANY})),
        ({"id": "c"},),
    ),
    "left-out": (("/note is not what it was in 1.1.0-rc.1", "/parts is not"), NEXT, ({"id": "c"},)),
    "left-out-each-time": (("/note is not", "/parts is not"), NEXT, ({"id": "c"}, {"id": "d"})),
    "in-elements": (("/parts/*/n is not",), NEXT, (LIKE_IT | {"parts": [{"m": 1}]},)),
    "another-type": (("/note is not",), NEXT, (LIKE_IT | {"note": 7},)),
}


@pytest.mark.parametrize("name", PROMOTED)
def test_the_frozen_examples_of_a_preview_that_is_gone_stand_for_it(name: str) -> None:
    """What a stable version's readings all lack, and its last preview's frozen examples all show, was taken away: a warning."""
    expected, where, bodies = PROMOTED[name]
    row = Row(
        expected=expected, scene=where, exchanges=tuple(exchange(where, said(value), via="header") for value in bodies)
    )

    assert agrees(concluded(CHECK, row), expected), concluded(CHECK, row)
    if isinstance(expected, tuple):
        assert CHECK.conclude is not None
        assert {each.severity for each in CHECK.conclude(row.exchanges, where) or ()} == {Severity.WARNING}


def test_nothing_is_held_where_nothing_is_compared() -> None:
    """A reading of which the preview's contract has no example, and one that is no JSON, do not keep the promise."""
    assert CHECK.conclude is not None
    plain = exchange(NEXT, said({"id": "c"}), via="header", operation="GET /plain")
    text = exchange(NEXT, response(200, "x", headers=(("Content-Type", "text/plain"),)), via="header")

    assert CHECK.conclude([plain], NEXT) is None
    assert CHECK.conclude([text], NEXT) is None
    assert CHECK.conclude([], NEXT) is None


@pytest.mark.parametrize(
    ("examples", "stable", "promises"),
    [((SHOWN_ONCE,), (), True), ((), (), False), ((SHOWN_ONCE,), (SHOWN_ONCE,), False)],
)
def test_a_promotion_is_promised_where_examples_can_stand_for_the_preview(
    examples: tuple[Any, ...], stable: tuple[Any, ...], *, promises: bool
) -> None:
    """A preview that is gone and whose contract shows nothing more than the stable version's own promises nothing that could be looked at."""
    only = Changes(bumps={"promotion": Allowance.ADDITIVE, "minor": Allowance.ANY})

    assert (CHECK.promised(promoted(*examples, stable=stable, changes=only)) is not None) is promises


@pytest.mark.parametrize(
    ("body", "received"),
    [
        (LIKE_IT | {"note": 7}, "a number: 200 (application/json) with /note = 7"),
        (LIKE_IT | {"parts": [{"n": "2"}]}, 'a string: 200 (application/json) with /parts/0/n = "2"'),
        ({"id": "c", "parts": []}, "200 (application/json) with id, parts"),
    ],
)
def test_what_came_back_is_shown_where_it_is_another(body: dict[str, Any], received: str) -> None:
    """Of another type, its place and its value are told; of nothing, the members that are there."""
    assert CHECK.conclude is not None
    (broken,) = CHECK.conclude([exchange(NEXT, said(body), via="header")], NEXT) or ()

    assert broken.received == received


def test_a_preview_that_answers_is_asked() -> None:
    """Where it lives its answers say more than its examples."""
    where = promoted(SHOWN_ONCE, life=Lifecycle(preview=True))
    assert CHECK.conclude is not None
    assert CHECK.conclude([exchange(where, said({"id": "c"}), via="header")], where) is None
