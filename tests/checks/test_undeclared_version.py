"""AV208: versions nobody declared, or that are not released yet, do not answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.undeclared_version import CHECK
from pytest_apiversion.checks.unknown_version import CHECK as UNKNOWN
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import Request
from tests.checks.builders import (
    ACCEPTS,
    OPERATIONS,
    PATH,
    Row,
    agrees,
    asked,
    contract,
    error,
    exchange,
    instant,
    operation,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
)

WHERE = scene()
V4 = {"via": "path", "probe": "v4"}
SERVED = response(200, {"id": "t"})

SILENT = {
    "rejected": row("held", response(404, error()), WHERE, Aim.UNDECLARED, **V4),
    "rejected-otherwise": row("held", response(400), WHERE, Aim.UNDECLARED, **V4),
    "planned-one-rejected": row("held", response(404, error()), WHERE, Aim.UNDECLARED, via="path", probe="v3"),
    "planned-one-crashes-is-av402s": row("unspoken", response(500), WHERE, Aim.UNDECLARED, via="path", probe="v3"),
    "redirected": row("held", response(308), WHERE, Aim.UNDECLARED, **V4),
    "far-versions-are-av203s": row("unspoken", SERVED, WHERE, Aim.UNKNOWN, **V4),
    "waterfall": row("unpromised", SERVED, scene(policy(waterfall=True)), Aim.UNDECLARED, **V4),
    "unknown-versions-are-accepted": row(
        "unpromised", SERVED, scene(policy(answers={"unknown": ACCEPTS})), Aim.UNDECLARED, **V4
    ),
    "far-versions-answer-too": Row(
        expected="yielded",
        scene=WHERE,
        exchanges=(
            exchange(WHERE, SERVED, Aim.UNDECLARED, **V4),
            exchange(WHERE, SERVED, Aim.UNKNOWN, via="path", probe="v9973"),
        ),
    ),
}

SPEAK = {
    "planned-one-reads-the-body": row(
        ("v3, which is not released before 2028-01-01, gets 422",),
        response(422, error()),
        WHERE,
        Aim.UNDECLARED,
        via="path",
        probe="v3",
    ),
    "planned-one-by-another-code": row(
        ("v3, which is not released before 2028-01-01, gets the error code NO_SUCH_THING",),
        response(404, error("NO_SUCH_THING")),
        WHERE,
        Aim.UNDECLARED,
        via="path",
        probe="v3",
    ),
    "next-number": row(
        ("v4 answers, though no such version is declared and released",), SERVED, WHERE, Aim.UNDECLARED, **V4
    ),
    "created": row(("v4 answers",), response(201, {"id": "t"}), WHERE, Aim.UNDECLARED, **V4),
    "planned-one": row(
        ("v3, which is not released before 2028-01-01, is accepted",),
        SERVED,
        WHERE,
        Aim.UNDECLARED,
        via="path",
        probe="v3",
    ),
    "only-neighbours": Row(
        expected=("v4 answers",),
        scene=WHERE,
        exchanges=(
            exchange(WHERE, SERVED, Aim.UNDECLARED, **V4),
            exchange(WHERE, response(404, error()), Aim.UNKNOWN, via="path", probe="v9973"),
        ),
    ),
}


@pytest.mark.parametrize(
    ("as_of", "asked_for"),
    [
        pytest.param("2027-12-31T23:59:59", True, id="last-instant-before-release"),
        pytest.param("2028-01-01T00:00:00", False, id="first-instant-of-release"),
    ],
)
def test_a_planned_version_is_asked_for_until_its_release(as_of: str, asked_for: bool) -> None:  # noqa: FBT001  a table's column
    """Until its release a declared version must not answer; on the day it must, and that is another check's."""
    probes = [ask.probe for ask in asked(CHECK, scene(policy(PATH), as_of=instant(as_of)))]

    assert ("v3" in probes) is asked_for
    assert "v4" in probes
    assert not {"v1", "v2"} & set(probes)


def test_a_family_is_asked_whole() -> None:
    """A declared version with each digit behind it, once; a pattern may take any of them."""
    probes = [ask.probe for ask in asked(CHECK, scene(policy(PATH))) if ask.once]

    assert probes == [f"v2{digit}" for digit in range(10)]


NEW = (*OPERATIONS, operation("GET /audits/{id}"), operation("POST /audits"), operation("DELETE /audits/{id}"))
CONTRACTS = {"v1": contract("v1"), "v2": contract("v2"), "v3": contract("v3", *NEW)}


def test_a_planned_version_is_asked_with_what_is_new_in_its_contract() -> None:
    """Readings, and writes that are about nothing that is there, are asked once, with an unknown version to hold them against."""
    asks = asked(CHECK, scene(key=None, contracts=CONTRACTS))

    assert [(ask.aim, ask.method, ask.like, ask.probe) for ask in asks] == [
        (Aim.UNDECLARED, "GET", ("v3", "GET /audits/{id}"), "v3"),
        (Aim.UNDECLARED, "POST", ("v3", "POST /audits"), "v3"),
        (Aim.UNKNOWN, "POST", ("v3", "POST /audits"), "v9973"),
    ]
    assert {ask.method for ask in asked(CHECK, scene(key=None, contracts=CONTRACTS, unsafe=False))} == {"GET"}
    assert not asked(CHECK, scene(subject="v1", key=None, contracts=CONTRACTS))


def test_a_planned_version_is_asked_with_its_own_body() -> None:
    """Where an operation takes a body, that of the planned version's contract is sent to it, once."""
    takes = [replace(each, request={"requestBody": {}}) if each.method == "POST" else each for each in OPERATIONS]
    contracts = {**CONTRACTS, "v3": contract("v3", *takes)}

    likes = [ask.like for ask in asked(CHECK, scene(key="POST /things", contracts=contracts)) if ask.like]

    assert likes == [("v3", "POST /things")]
    assert not [ask for ask in asked(CHECK, scene(contracts=contracts)) if ask.like]


def test_a_planned_version_is_asked_by_its_own_names() -> None:
    """An operation that has another name in the planned version's contract is asked by that, too, whether it takes a body or not."""
    contracts = {**CONTRACTS, "v3": contract("v3", operation("PUT /goods"), operation("GET /stuff/{id}"))}
    map_of = policy(
        PATH, renamed=({"v2": "POST /things", "v3": "PUT /goods"}, {"v2": "GET /things/{id}", "v3": "GET /stuff/{id}"})
    )

    def own(key: str) -> list[tuple[object, ...]]:
        asks = asked(CHECK, scene(map_of, key=key, contracts=contracts))
        return [(ask.like, ask.method, ask.template) for ask in asks if ask.like]

    assert own("POST /things") == [(("v3", "PUT /goods"), "PUT", "/goods")]
    assert own("GET /things/{id}") == [(("v3", "GET /stuff/{id}"), None, "/stuff/{id}")]
    assert own("GET /things") == []


@pytest.mark.parametrize(("via", "probe"), [("header", "3"), ("path", "v3")])
@pytest.mark.parametrize(("status", "silent"), [(404, True), (405, True), (422, False), (200, False)])
def test_a_router_may_refuse_a_new_name(via: str, probe: str, status: int, *, silent: bool) -> None:
    """A service that looks for a route before it looks at the version says of a new name what it says of any: that holds nothing, only other answers tell."""
    rejects_400 = policy(answers={"unknown": rejects(400)})
    renamed, same = Request(method="GET", path="/stuff/1"), Request(method="GET", path="/things/1")

    def unspoken(where: Scene, base: Request, aim: Aim = Aim.UNDECLARED, check: Check = CHECK) -> bool:
        heard = said(check, row("", response(status), where, aim, via=via, probe=probe, base=base))
        assert heard == "unspoken" or isinstance(heard, tuple), heard
        return heard == "unspoken"

    assert unspoken(scene(rejects_400, key="GET /things/{id}"), renamed) is silent
    assert not unspoken(scene(rejects_400, key="GET /things/{id}"), same)
    assert unspoken(scene(rejects_400, key=None), renamed) is (silent and via == "header")
    assert unspoken(scene(rejects_400, key=None), renamed, Aim.UNKNOWN, UNKNOWN) is silent


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
