"""AV219: a version named where nobody declared one has no effect."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.undeclared_carriers import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import Parameter
from pytest_apiversion.core.policy.selection import Echo
from tests.checks.builders import (
    ACCEPT,
    ACCEPTS,
    ANSWERS,
    COOKIE,
    HEADER,
    JAR,
    MATRIX,
    PATH,
    QUERY,
    V2,
    VENDOR,
    Row,
    agrees,
    alias,
    asked,
    defaults,
    error,
    exchange,
    instant,
    living,
    operation,
    policy,
    rejects,
    response,
    row,
    said,
    scene,
    versions,
)
from tests.checks.moments import MOMENTS, is_promised

OLD, NEW = response(200, {"id": "t", "name": "n"}), response(200, {"id": "t", "title": "n"})
PEERS = {"v1": OLD, "v2": NEW}


def alone(*carriers: Any, key: str | None = "GET /things", subject: str = "v2", **changes: Any) -> Scene:
    """A scene whose policy says that nothing else names a version."""
    settings = {"exclusive": True, "aliases": {"plain": alias()}} | changes
    return scene(policy(*(carriers or (PATH,)), **settings), subject, key)


WHERE = alone()
BESIDE: dict[str, Any] = {"peers": PEERS, "probe": "v2 in the path, X-API-Version: v1", "via": "path"}
RESCUE: dict[str, Any] = {"probe": "v9973 in the path, X-API-Version: v2", "via": "path"}

ALONE: dict[str, Any] = {"probe": "no version where one belongs, X-API-Version: v2", "via": ""}
OF_THE_DEFAULT: dict[str, Any] = {"peers": PEERS, "expected_version": "v1"}
REFUSING = alone(answers={**ANSWERS, "missing": rejects(400)})
DEFAULTING = alone(answers={**ANSWERS, "missing": defaults("v1")})

ECHOING = alone(echo=Echo(header="X-Version", statuses=("*",)))
NAMING = {
    "v1": response(422, error(), headers=(("X-Version", "v1"),)),
    "v2": response(201, {"id": "t"}, headers=(("X-Version", "v2"),)),
}

SILENT = {
    "no-effect": row("held", NEW, WHERE, Aim.STRAY, **BESIDE),
    "refused": row("held", response(400, error()), WHERE, Aim.STRAY, **BESIDE),
    "the-other-is-gone": row("held", NEW, WHERE, Aim.STRAY, **(BESIDE | {"peers": {"v1": response(410), "v2": NEW}})),
    "refused-as-the-other-refuses-the-body": row(
        "held",
        response(422, error()),
        WHERE,
        Aim.STRAY,
        **(BESIDE | {"peers": {"v1": response(422, error()), "v2": NEW}}),
    ),
    "nobody-can-tell": row("unspoken", NEW, WHERE, Aim.STRAY, **(BESIDE | {"peers": {"v1": NEW, "v2": NEW}})),
    "not-rescued": row("held", response(404, error()), WHERE, Aim.STRAY, **RESCUE),
    "other-requests": row("unspoken", OLD, WHERE),
    "not-said": row("unpromised", OLD, alone(exclusive=False), Aim.STRAY, **BESIDE),
    "alias": row("unpromised", OLD, alone(subject="plain"), Aim.STRAY, **BESIDE),
    "planned": row("unpromised", OLD, alone(subject="v3"), Aim.STRAY, **BESIDE),
    "alone-as-none": row("held", response(400, error()), REFUSING, Aim.STRAY_ALONE, **ALONE),
    "alone-as-the-default": row("held", OLD, DEFAULTING, Aim.STRAY_ALONE, **(ALONE | OF_THE_DEFAULT)),
    "alone-and-nobody-can-tell": row(
        "unspoken", NEW, DEFAULTING, Aim.STRAY_ALONE, **(ALONE | OF_THE_DEFAULT | {"peers": {"v1": NEW, "v2": NEW}})
    ),
}

SPEAK = {
    "beats-the-path": row(("v1 answers for v2 in the path, X-API-Version: v1",), OLD, WHERE, Aim.STRAY, **BESIDE),
    "refused-by-the-other-as-it-says": row(
        ("v1 answers for v2 in the path",),
        response(422, error(), headers=(("X-Version", "v1"),)),
        ECHOING,
        Aim.STRAY,
        **(BESIDE | {"peers": NAMING}),
    ),
    "beats-it-though-gone": row(
        ("v1 answers for v2 in the path",),
        response(410),
        WHERE,
        Aim.STRAY,
        **(BESIDE | {"peers": {"v1": response(410), "v2": NEW}}),
    ),
    "rescues": row(("an unknown version is rescued by what nobody declared",), NEW, WHERE, Aim.STRAY, **RESCUE),
    "alone-selects": row(("v2 is selected by what nobody declared",), NEW, REFUSING, Aim.STRAY_ALONE, **ALONE),
    "alone-beats-the-default": row(
        ("v2 answers for no version where one belongs",), NEW, DEFAULTING, Aim.STRAY_ALONE, **(ALONE | OF_THE_DEFAULT)
    ),
    "rescues-by-sending-elsewhere": row(("an unknown version is rescued",), response(308), WHERE, Aim.STRAY, **RESCUE),
}


def test_where_unknown_versions_are_served_anyway_that_is_told() -> None:
    """What serves an unknown version alone is rescued by nothing."""
    stray = exchange(WHERE, NEW, Aim.STRAY, **RESCUE)
    served, refused = (exchange(WHERE, each, Aim.UNKNOWN, probe="v9973") for each in (NEW, response(404, error())))

    assert said(CHECK, Row(expected="", scene=WHERE, exchanges=(stray, served))) == "yielded"
    assert said(CHECK, Row(expected="", scene=WHERE, exchanges=(stray, refused))) != "yielded"
    lone = exchange(REFUSING, NEW, Aim.STRAY_ALONE, **ALONE)
    taken, not_taken = (exchange(REFUSING, each, Aim.MISSING) for each in (NEW, response(400, error())))

    assert said(CHECK, Row(expected="", scene=REFUSING, exchanges=(lone, taken))) == "yielded"
    assert said(CHECK, Row(expected="", scene=REFUSING, exchanges=(lone, not_taken))) != "yielded"
    beside = exchange(WHERE, OLD, Aim.STRAY, **BESIDE)
    assert said(CHECK, Row(expected="", scene=WHERE, exchanges=(beside, served))) != "yielded"


NAMED = operation("GET /named", parameters=(Parameter(name="Version", place="query", required=False, schema={}),))
ALL = {"X-API-Version: v1", "Api-Version: v1", "?version=v1", "?api-version=v1", "Accept: application/json; version=v1"}

PLACES: dict[str, tuple[Scene, set[str]]] = {
    # name: the scene, and the places that name v1
    "path": (WHERE, ALL),
    "header-is-declared": (
        alone(PATH, HEADER),
        ALL - {"X-API-Version: v1"} | {"?X-API-Version=v1", "?x-api-version=v1"},
    ),
    "query-is-declared": (alone(QUERY), ALL - {"?version=v1"} | {"version: v1"}),
    "query-whose-name-no-header-has": (alone(replace(QUERY, name="api version")), ALL),
    "accept-is-declared": (alone(PATH, ACCEPT), ALL - {"Accept: application/json; version=v1"}),
    "query-is-declared-in-another-case": (alone(replace(QUERY, name="Api-Version")), ALL - {"?api-version=v1"}),
    "header-is-declared-by-a-kind-of-its-own": (
        alone(PATH, replace(COOKIE, name="api-version")),
        ALL - {"Api-Version: v1"},
    ),
    "query-is-declared-by-a-kind-of-its-own": (alone(MATRIX), ALL - {"?version=v1"} | {"version: v1"}),
    "accept-is-declared-by-a-kind-of-its-own": (alone(PATH, VENDOR), ALL - {"Accept: application/json; version=v1"}),
    "a-kind-of-its-own-elsewhere": (alone(PATH, JAR), ALL),
    "the-operation-takes-it": (
        scene(policy(PATH, exclusive=True), "v2", "GET /named", operations=(NAMED,)),
        ALL - {"?version=v1"},
    ),
    "writing": (alone(key="POST /things"), ALL),
    "deleting": (alone(key="DELETE /things/{id}"), ALL),
    "not-to-be-written-to": (scene(alone().policy, "v2", "DELETE /things/{id}", unsafe=False), set()),
    "router": (alone(key=None), set()),
    "planned": (alone(subject="v3"), set()),
}


@pytest.mark.parametrize("name", PLACES)
def test_the_places(name: str) -> None:
    """Each customary place that neither policy nor operation names is asked, with the other version's name and number."""
    where, places = PLACES[name]
    asks = [ask for ask in asked(CHECK, where) if ask.compare and ask.aim is Aim.STRAY]
    found = [(ask.probe or "").partition(", ")[2] for ask in asks]

    assert {said for said in found if said.endswith("v1")} == places
    assert len(found) == 2 * len(places)
    assert all(ask.once and bool(ask.headers) != bool(ask.query) for ask in asks)


def test_an_unknown_version_is_asked_for_as_well() -> None:
    """With this version in each place, unless unknown versions are accepted."""
    asks = [ask for ask in asked(CHECK, WHERE) if not ask.compare]

    assert {ask.selection for ask in asks} == {(("path", "v9973"),)}
    assert len(asks) == 2 * len(ALL)
    lenient = alone(answers={"unknown": ACCEPTS})
    assert all(ask.compare for ask in asked(CHECK, lenient))


def test_of_one_version_only_the_rescue_is_asked() -> None:
    """Without another version there is nothing to name beside."""
    where = scene(policy(PATH, exclusive=True, versions=versions(v2=V2)), "v2")

    assert all(not ask.compare for ask in asked(CHECK, where))


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages in which a version answers."""
    life, as_of, stage = MOMENTS[name]

    assert is_promised(CHECK, scene(living(life, exclusive=True), "v1", as_of=instant(as_of))) is stage.answers


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


@pytest.mark.parametrize(
    ("where", "expected", "compare"),
    [
        pytest.param(REFUSING, None, (), id="refused"),
        pytest.param(DEFAULTING, "v1", ("v1", "v2"), id="another-version-by-default"),
    ],
)
def test_this_version_is_named_there_alone(where: Scene, expected: str | None, compare: tuple[str, ...]) -> None:
    """In each place, once, on a reading, where it is said what who names none gets."""
    asks = [ask for ask in asked(CHECK, where) if ask.aim is Aim.STRAY_ALONE]

    assert len(asks) == 2 * len(ALL)
    assert {(ask.expected_version, ask.compare) for ask in asks} == {(expected, compare)}
    assert all(ask.once and not ask.selection for ask in asks)


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(WHERE, id="nothing-is-said"),
        pytest.param(alone(answers={**ANSWERS, "missing": ACCEPTS}), id="anything-goes"),
        pytest.param(alone(answers={**ANSWERS, "missing": defaults("v2")}), id="it-is-the-default"),
        pytest.param(alone(key="POST /things", answers={**ANSWERS, "missing": rejects(400)}), id="writing"),
    ],
)
def test_where_nothing_could_be_seen_it_is_not_named_alone(where: Scene) -> None:
    """What answers anyway shows nothing."""
    assert [ask for ask in asked(CHECK, where) if ask.aim is Aim.STRAY_ALONE] == []
