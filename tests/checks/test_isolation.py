"""AV311: what only another version has does not leak into this one."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.checks.isolation import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import Operation
from tests.checks.builders import (
    GONE,
    Row,
    agrees,
    alias,
    answers,
    asked,
    contract,
    error,
    instant,
    operation,
    policy,
    response,
    row,
    said,
    scene,
)


def taking(*required: str, more: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    """The schema of a body that requires some members and knows more."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {name: {} for name in (*required, *more)},
    } | changes


def posting(key: str, schema: Any) -> Operation:
    """An operation that takes a JSON body."""
    return operation(key, body_schema=schema, body_media_types=("application/json",))


OLD = [
    operation("GET /things"),
    posting("POST /thing", taking("title")),
    operation("GET /thing/{id}"),
    operation("DELETE /thing/{id}"),
    operation("GET /ranks"),
    operation("GET /ping", neutral=True),
]
NEW = [
    operation("GET /things"),
    posting("POST /things", taking("name", more=("size",))),
    operation("GET /things/{id}"),
    operation("DELETE /things/{id}"),
    posting("PATCH /things/{id}", taking(more=("name",))),
    operation("GET /things/{id}/parts"),
    operation("GET /things/ranks"),
    operation("GET /people/me"),
]
RENAMED = (
    {"v1": "POST /thing", "v2": "POST /things"},
    {"v1": "GET /thing/{id}", "v2": "GET /things/{id}"},
    {"v1": "DELETE /thing/{id}", "v2": "DELETE /things/{id}"},
    {"v1": "GET /ranks", "v2": "GET /things/ranks"},
)
RULES = policy(isolated=True, renamed=RENAMED)
STRICT = policy(isolated=True, renamed=RENAMED, old_names_rejected=True)


def where(subject: str, key: str | None, old: Any = OLD, new: Any = NEW, rules: Any = RULES, **changes: Any) -> Scene:
    """A scene of two versions that differ."""
    contracts = {"v1": contract("v1", *old), "v2": contract("v2", *new), "v3": contract("v3", operation("GET /later"))}
    return scene(rules, subject, key, contracts=contracts, **changes)


def foreign(found: list[Ask]) -> list[str]:
    """What is asked, in words."""
    return [
        " ".join(filter(None, (ask.aim.name, ask.method, ask.template, ask.like[0] if ask.like else None)))
        for ask in found
    ]


ASKED: dict[str, tuple[Scene, list[str]]] = {
    "an-old-name-beside-the-new": (where("v2", "GET /things/ranks"), ["FOREIGN /ranks"]),
    "an-old-name-with-a-parameter": (where("v2", "GET /things/{id}"), ["FOREIGN /thing/{id}"]),
    "deleted-beside-what-is-deleted": (where("v2", "DELETE /things/{id}"), ["FOREIGN /thing/{id}"]),
    "an-old-name-with-a-body": (
        where("v2", "POST /things"),
        ["FOREIGN /thing v1", "FOREIGN_BODY v1"],
    ),
    "new-ones-beside-the-likest": (
        where("v1", "GET /thing/{id}"),
        ["FOREIGN /things/{id}", "FOREIGN PATCH /things/{id} v2", "FOREIGN /things/{id}/parts"],
    ),
    "new-ones-without-a-parameter": (where("v1", "GET /things"), ["FOREIGN /people/me"]),
    "what-both-have": (where("v2", "GET /things"), []),
    "covered-by-a-template": (
        where(
            "v2",
            "GET /things",
            [operation("GET /things/top")],
            [operation("GET /things"), operation("GET /things/{id}")],
        ),
        [],
    ),
    "nothing-is-deleted-that-is-not-due": (
        where("v1", "GET /jobs/{id}", [operation("GET /jobs/{id}")], [operation("DELETE /jobs/{id}")]),
        [],
    ),
    "nowhere-to-take-a-parameter-from": (
        where("v1", "GET /jobs", [operation("GET /jobs")], [operation("GET /jobs/{id}")]),
        [],
    ),
    "not-of-versions-to-come": (where("v2", "GET /people/me"), []),
    "of-a-version-that-ended": (
        where("v2", "GET /things/ranks", as_of=instant("2030-01-01")),
        ["FOREIGN /ranks"],
    ),
    "other-machines-are-asked-safely": (
        where("v1", "GET /thing/{id}", unsafe=False),
        ["FOREIGN /things/{id}", "FOREIGN /things/{id}/parts"],
    ),
    "no-body-elsewhere-either": (where("v2", "POST /things", unsafe=False), []),
    "a-body-that-lacks-nothing": (
        where("v2", "POST /t", [posting("POST /t", taking("title", "name"))], [posting("POST /t", taking("name"))]),
        [],
    ),
    "a-body-that-lacks-nothing-where-old-names-are-rejected": (
        where(
            "v2", "POST /t", [posting("POST /t", taking("title", "name"))], [posting("POST /t", taking("name"))], STRICT
        ),
        ["FOREIGN_BODY v1"],
    ),
    "a-body-by-the-same-names": (
        where("v2", "POST /t", [posting("POST /t", taking("name"))], [posting("POST /t", taking("name", "size"))]),
        [],
    ),
    "a-body-whose-names-are-optional-here": (
        where("v2", "POST /t", [posting("POST /t", taking("a"))], [posting("POST /t", taking("b", more=("a",)))]),
        [],
    ),
    "a-body-in-two-parts": (
        where(
            "v2",
            "POST /t",
            [posting("POST /t", {"allOf": [taking("a"), taking("b")]})],
            [posting("POST /t", taking("b", "c"))],
        ),
        ["FOREIGN_BODY v1"],
    ),
    "a-body-of-anything": (
        where("v2", "POST /t", [posting("POST /t", taking("a"))], [posting("POST /t", {})]),
        [],
    ),
    "not-promised": (where("v2", "GET /things/ranks", rules=policy(renamed=RENAMED)), []),
    "the-whole-version": (where("v2", None), []),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked(name: str) -> None:
    """Each foreign operation is tried once in a version, beside one that knows its parameters; and bodies that must be refused."""
    found, expected = ASKED[name]
    assert foreign(asked(CHECK, found)) == expected


RANKS = where("v2", "GET /things/ranks")
POST = where("v2", "POST /things")
SHOWN = answers(
    {"type": "object", "properties": {"data": {"type": "object", "properties": {"name": {}, "both": {}, "other": {}}}}}
)
ROWS = ({"v1": "title", "v2": "name"}, {"v1": "other", "v2": "both"}, {"v1": "old", "v3": "new"})


def named(subject: str = "v2", spec: Any = SHOWN, **changes: Any) -> Scene:
    """A scene of an answer whose members were renamed."""
    rules = policy(fields=ROWS, **changes)
    return scene(rules, subject, operations=[operation("GET /things", spec)])


def tried(expected: str | tuple[str, ...], status: int, found: Scene = RANKS, aim: Aim = Aim.FOREIGN) -> Row:
    """A row of a foreign request."""
    body = error() if status >= 400 else {"id": "t"}
    return row(expected, response(status, body), found, aim, probe="GET /ranks of v1", sent=b"{}")


SILENT = {
    "not-found": tried("held", 404),
    "wrong-method": tried("held", 405),
    "gone": tried("unspoken", 410, where("v1", "GET /ranks", rules=policy(isolated=True, sunset=GONE))),
    "not-implemented": tried("held", 501),
    "redirected-to-its-new-name": tried("unspoken", 308),
    "not-allowed": tried("unspoken", 403),
    "bad-for-some-reason": tried("unspoken", 400),
    "crash-is-av402s": tried("unspoken", 500),
    "body-refused": tried("held", 422, POST, Aim.FOREIGN_BODY),
    "body-refused-without-a-reason": tried("held", 400, POST, Aim.FOREIGN_BODY),
    "own-name": row("held", response(200, {"data": {"name": "a"}}), named()),
    "both-names-where-the-contract-has-both": row("held", response(200, {"data": {"both": 1, "other": 2}}), named()),
    "the-other-name-where-its-own-is-not": row("held", response(200, {"title": "a", "data": {}}), named()),
    "nothing-renamed-here": row("unspoken", response(200, {"id": "t"}), named(spec=answers({"type": "object"}))),
    "errors": row("unspoken", response(404, error()), named()),
    "its-contract-says-so": row(
        "unspoken",
        response(200, {"data": {"title": "a"}}),
        named(
            spec=answers({"type": "object", "required": ["id"], "properties": {"data": {"properties": {"name": {}}}}})
        ),
    ),
    "another-aim": tried("unspoken", 200, aim=Aim.UNKNOWN_DATA),
    "an-error-in-disguise-is-av406s": row(
        "unspoken", response(200, error()), RANKS, Aim.FOREIGN, probe="GET /ranks of v1", sent=b"{}"
    ),
    "not-promised": tried("unpromised", 200, where("v2", "GET /things/ranks", rules=policy())),
    "one-version": tried("unpromised", 200, where("v1", "GET /ranks", as_of=instant("2025-06-01"))),
    "rows-of-others": row("unpromised", response(200, {"title": "a"}), scene(policy(fields=({"v1": "a", "v3": "b"},)))),
    "an-alias": tried("unpromised", 200, scene(policy(isolated=True, aliases={"plain": alias()}), "plain")),
    "after-its-sunset": tried("unpromised", 200, where("v1", "GET /ranks", as_of=instant("2030-01-01"))),
}

SPEAK = {
    "served": tried(("GET /ranks of v1 answers in v2, which does not have it",), 200),
    "routed": tried(("GET /ranks of v1 is routed in v2",), 422),
    "routed-by-type": tried(("is routed in v2",), 415),
    "body-taken": tried(("a body of GET /ranks of v1 is accepted in v2",), 201, POST, Aim.FOREIGN_BODY),
    "old-name-beside-the-own": row(
        ("/data/title is another version's name for name",),
        response(200, {"data": {"name": "a", "title": "a"}}),
        named(),
    ),
    "old-name-instead": row(("/data/title is another",), response(200, {"data": {"title": "a"}}), named()),
    "new-name-in-the-old": row(
        ("/name is another version's name for title",),
        response(200, {"title": "a", "name": "a"}),
        named("v1", answers({"type": "object", "properties": {"title": {}}})),
    ),
    "in-a-list-once": row(
        ("/*/title is another",),
        response(200, [{"title": "a"}, {"title": "b"}]),
        named(spec=answers({"type": "array", "items": {"type": "object", "properties": {"name": {}}}})),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What leaked is said once, with the version it comes from."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


def _shown(schema: Any) -> Any:
    return answers({"type": "object", "properties": {"lines": {"type": "array", "items": schema}}})


_CODES, _SKUS = ({"type": "object", "properties": {name: {"type": "string"}}} for name in ("code", "sku"))


@pytest.mark.parametrize(
    ("rules", "other", "line", "expected"),
    [
        pytest.param(
            RULES, "GET /thing/{id}", {"code": "c", "sku": "s"}, ("/lines/*/sku is a member of v1",), id="leak"
        ),
        pytest.param(RULES, "GET /thing/{id}", {"code": "c"}, "held", id="its-own"),
        pytest.param(RULES, "GET /parts/{id}", {"sku": "s"}, "unspoken", id="not-there"),
        pytest.param(policy(renamed=RENAMED), "GET /thing/{id}", {"sku": "s"}, "unpromised", id="not-isolated"),
    ],
)
def test_names_that_no_row_speaks_of(rules: Any, other: str, line: Any, expected: Any) -> None:
    """An answer shows none of the other version's names in what was renamed inside, by the operation map; where that is promised."""
    of = where(
        "v2",
        "GET /things/{id}",
        [operation(other, _shown(_SKUS))],
        [operation("GET /things/{id}", _shown(_CODES))],
        rules,
    )
    one = row(expected, response(200, {"lines": [line]}), of)

    assert agrees(said(CHECK, one), expected), said(CHECK, one)
