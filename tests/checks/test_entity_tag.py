"""AV224: an entity tag stands for one version."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.entity_tag import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import Response
from tests.checks.builders import (
    ACCEPT,
    HEADER,
    PATH,
    QUERY,
    agrees,
    alias,
    answers,
    contract,
    error,
    exchange,
    held_against,
    operation,
    policy,
    response,
    row,
    said,
    scene,
)

BARE: dict[str, Any] = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}


def shop(*carriers: Any, subject: str = "v2", **changes: Any) -> Scene:
    """A scene of the shop, whose versions both list things."""
    thing = operation("GET /things", answers(BARE))
    contracts = {name: contract(name, thing) for name in ("v1", "v2")}
    return scene(policy(*(carriers or (HEADER,)), **changes), subject, contracts=contracts)


def stamped(of: Response, number: int) -> Response:
    """A reading that says when it was made."""
    return replace(of, body=json.dumps({**of.json, "made": number}).encode())


def tagged(tag: str | None, name: str = "title", status: int = 200) -> Response:
    """A reading with this tag, whose body has a member of this name."""
    return response(status, {"id": "a", name: "x"}, headers=() if tag is None else (("ETag", tag),))


WHERE = shop()
OLD, NEW = tagged('"7"', "name"), tagged('"7"')

SILENT: dict[str, tuple[Any, ...]] = {
    "own-tags": ("held", WHERE, NEW, tagged('"8"', "name")),
    "one-body": ("held", WHERE, NEW, NEW),
    "changes-from-time-to-time": (
        "held",
        WHERE,
        (stamped(NEW, 1), stamped(NEW, 2)),
        (stamped(NEW, 3), stamped(NEW, 4)),
    ),
    "weak": ("unasked", WHERE, tagged('W/"7"'), tagged('W/"7"', "name")),
    "no-tag": ("unasked", WHERE, tagged(None), OLD),
    "no-tag-in-the-older": ("unspoken", WHERE, NEW, tagged(None, "name")),
    "weak-in-the-older": ("unspoken", WHERE, NEW, tagged('W/"7"', "name")),
    "refused-by-the-older": ("unspoken", WHERE, NEW, response(404, error(), headers=(("ETag", '"7"'),))),
    "path": ("unpromised", shop(PATH), NEW, OLD),
    "query": ("unpromised", shop(QUERY), NEW, OLD),
    "the-oldest": ("unpromised", shop(subject="v1"), NEW, OLD),
    "alias": ("unpromised", shop(subject="plain", aliases={"plain": alias()}), NEW, OLD),
}

SPEAK: dict[str, tuple[Any, ...]] = {
    "two-bodies": (("one strong entity tag stands for the representations of v1 and v2",), WHERE, NEW, OLD),
    "through-accept": (("one strong entity tag",), shop(ACCEPT), NEW, OLD),
    "beside-what-changes-each-time": (
        ("one strong entity tag",),
        WHERE,
        tuple(stamped(NEW, each) for each in range(3)),
        tuple(stamped(OLD, each) for each in range(3, 6)),
    ),
    "through-a-weaker-carrier": (("one strong entity tag",), shop(PATH, HEADER), NEW, OLD),
    "each-time": (("one strong entity tag",), WHERE, (NEW, NEW, NEW), (OLD, OLD)),
}


@pytest.mark.parametrize(
    ("expected", "where", "here", "there"), [*SILENT.values(), *SPEAK.values()], ids=[*SILENT, *SPEAK]
)
def test_an_entity_tag_stands_for_one_version(expected: Any, where: Scene, here: Any, there: Any) -> None:
    """At one URL two versions' bodies never share a strong tag; weak ones, equal bodies and other URLs are not held."""
    assert agrees(held_against(CHECK, where, here, there), expected)


@pytest.mark.parametrize(
    ("known", "answer", "expected"),
    [
        (NEW, response(304, headers=(("ETag", '"7"'),)), "held"),
        (NEW, response(304), ("a 304 has no entity tag, though its 200 has one",)),
        (tagged('W/"7"'), response(304), ("a 304 has no entity tag",)),
        (tagged(None), response(304), "unspoken"),
        (NEW, NEW, "unspoken"),
    ],
    ids=["as-its-200", "none", "none-of-a-weak-one", "its-200-has-none", "modified"],
)
def test_a_304_says_the_tag_of_its_200(known: Response, answer: Response, expected: Any) -> None:
    """Whatever the tag's kind; a 304 by its date says what its 200 said, and no more."""
    again = row(expected, answer, WHERE, Aim.UNCHANGED, via="header", peers={"v2": known})

    assert agrees(said(CHECK, again), expected)


def test_a_reading_without_a_strong_tag_keeps_the_promise() -> None:
    """Nothing stands for two versions where nothing is tagged; a refusal shows nothing, and a strong tag needs its twin."""
    assert CHECK.judge is not None

    said = [
        CHECK.judge(exchange(WHERE, each, via="header"), WHERE)
        for each in (tagged(None), tagged(None, status=404), NEW)
    ]

    assert said == [(), None, None]
