"""AV212: carriers give equal answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.carriers_equivalent import CHECK
from pytest_apiversion.core.http.messages import Response
from tests.checks.builders import (
    COOKIE,
    ECHO_BODY,
    PATH,
    VENDOR,
    agrees,
    alias,
    error,
    exchange,
    held_against,
    instant,
    operation,
    policy,
    response,
    scene,
)

WHERE = scene()


def said(value: Any, **changes: Any) -> Response:
    """A success."""
    return response(200, value, **changes)


def held(where: Any, here: Any, there: Any, **changes: Any) -> str | tuple[str, ...]:
    """What the check says."""
    return held_against(CHECK, where, here, there, **changes)


ONE, OTHER = said({"id": "a", "note": "x"}), said({"id": "a", "note": "y"})
LINK, LINK_ELSEWHERE = said({"self": "/api/v2/things"}), said({"self": "/api/things"})
FIRST, SECOND, THIRD, FOURTH, FIFTH = (said({"id": "a", "at": number}) for number in range(5))
VOLATILE = scene(policy(volatile=("/note",)))

SILENT: dict[str, tuple[Any, ...]] = {
    "equal": ("held", WHERE, ONE, ONE),
    "members-in-another-order": ("held", WHERE, ONE, said({"note": "x", "id": "a"})),
    "elements-in-another-order": ("held", WHERE, said([1, 2]), said([2, 1])),
    "a-number-written-otherwise": ("held", WHERE, said({"n": 1}), said({"n": 1.0})),
    "times": ("held", WHERE, (FIRST, THIRD, FIFTH), (SECOND, FOURTH)),
    "changed-once-meanwhile": ("held", WHERE, (ONE, OTHER), (OTHER,)),
    "a-growing-list": ("held", WHERE, (said([1]), said([1, 2, 3])), (said([1, 2]),)),
    "a-member-that-comes-and-goes": ("held", WHERE, (ONE, said({"id": "a"})), (said({"id": "a"}),)),
    "declared-volatile": ("held", VOLATILE, ONE, OTHER),
    "links-to-where-it-was-asked": ("held", WHERE, LINK, LINK_ELSEWHERE),
    "no-json": ("held", WHERE, response(200, body=b"a"), response(200, body=b"a")),
    "what-breaks-the-contract-is-av301s": ("unspoken", WHERE, ONE, said({"note": "x"})),
    "refused-is-av200s": ("unspoken", WHERE, ONE, response(404, error())),
    "another-version-is-av210s": (
        "unspoken",
        scene(policy(echo=ECHO_BODY)),
        said({"meta": {"version": "v2"}}),
        said({"meta": {"version": "v1"}}),
    ),
    "nothing-succeeded": ("unasked", WHERE, response(404, error()), ONE),
    "neutral": ("unasked", scene(key="GET /health"), ONE, OTHER),
    "a-write": ("unasked", scene(key="POST /things"), response(201, {"id": "a"}), OTHER),
    "one-carrier": ("unpromised", scene(policy(PATH)), ONE, OTHER),
    "alias": ("unpromised", scene(policy(aliases={"plain": alias()}), "plain"), ONE, OTHER),
    "sunset": ("unpromised", scene(subject="v1", as_of=instant("2027-01-01")), ONE, OTHER),
}

SPEAK: dict[str, tuple[Any, ...]] = {
    "a-value": (("/note differs through the header",), WHERE, ONE, OTHER),
    "a-value-each-time": (("/note differs",), WHERE, (ONE, ONE, ONE), (OTHER, OTHER)),
    "a-value-among-times": (
        ("/id differs",),
        WHERE,
        (said({"id": 1, "at": 1}), said({"id": 1, "at": 3})),
        (said({"id": 2, "at": 2}), said({"id": 2, "at": 4})),
    ),
    "a-member-less": (("/note differs",), WHERE, ONE, said({"id": "a"})),
    "true-is-no-one": (("/n differs",), WHERE, said({"n": 1}), said({"n": True})),
    "a-shorter-list": (("/items differs",), WHERE, said({"items": [1, 2]}), said({"items": [1]})),
    "in-an-element": (("/*/id differs",), WHERE, said([{"id": 1}, {"id": 2}]), said([{"id": 1}, {"id": 3}])),
    "no-object": (("the body differs",), WHERE, said([1]), said({"note": 1})),
    "status": (("status differs",), WHERE, ONE, response(203, {"id": "a", "note": "x"})),
    "media-type": (("content type differs",), WHERE, ONE, said({"id": "a"}, media_type="application/problem+json")),
    "text": (("body differs",), WHERE, response(200, body=b"a"), response(200, body=b"b")),
    "another-link": (("/self differs",), WHERE, LINK, said({"self": "/api/v1/things"})),
    "elsewhere-than-declared-volatile": (("/id differs",), VOLATILE, ONE, said({"id": "b", "note": "y"})),
}


def test_each_weaker_carrier_is_asked_once() -> None:
    """One reading is asked through the header and `Accept`; with `Accept`, the media type is its own affair."""
    assert CHECK.twins is not None
    first = exchange(WHERE, ONE)
    twins = list(CHECK.twins([first, *[exchange(WHERE, ONE)] * 2], WHERE))
    assert not twins  # none of them knows what it was before a version was written into it

    known = exchange(WHERE, ONE, base=first.request)
    twins = list(CHECK.twins([known, known], WHERE))
    assert [(twin.via, twin.version, twin.of is known) for twin in twins] == [
        ("header", None, True),
        ("accept", None, True),
    ]
    other = said({"id": "a", "note": "x"}, media_type="application/vnd.shop+json")
    assert [len(twin.differ(known.request, known.request)(ONE, other)) for twin in twins] == [1, 0]


@pytest.mark.parametrize(
    ("carriers", "differences"),
    [
        pytest.param((PATH, COOKIE), 1, id="in-a-header"),
        pytest.param((PATH, VENDOR), 0, id="in-accept"),
        pytest.param((VENDOR, PATH), 0, id="the-strongest-in-accept"),
    ],
)
def test_the_media_type_may_follow_whatever_stands_in_accept(carriers: tuple[Any, ...], differences: int) -> None:
    """Kinds of carriers that a suite adds are told by what they write, not by what they are called."""
    assert CHECK.twins is not None
    where = scene(policy(*carriers))
    known = exchange(where, ONE)
    (twin,) = CHECK.twins([replace(known, base=known.request)], where)
    other = said({"id": "a", "note": "x"}, media_type="application/vnd.shop+json")

    assert len(twin.differ(known.request, known.request)(ONE, other)) == differences


def test_a_post_that_reads_is_not_repeated() -> None:
    """Only GET is asked again: what writes may do so twice."""
    assert held(scene(key="POST /search", operations=(operation("POST /search"),)), ONE, OTHER) == "unasked"


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
