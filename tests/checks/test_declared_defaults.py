"""AV313: leaving a member out of a new record is the same as sending the default its contract declares."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.declared_defaults import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import Parameter, SchemaProblem
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.policy.requests import Rules
from tests.checks.builders import (
    GONE,
    agrees,
    answers,
    asked,
    error,
    held_against,
    instant,
    operation,
    policy,
    response,
    row,
    said,
    scene,
)

SHOWN = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "size": {"type": "integer"},
        "open": {"type": ["boolean", "null"]},
        "mode": {"$ref": "#/components/Mode"},
        "price": {"type": "number"},
        "tags": {},
        "look": {"type": "object", "properties": {"dark": {"type": "boolean"}}},
    },
}
DEFAULTS: dict[str, Any] = {
    "size": {"type": "integer", "default": 3},
    "open": {"type": "boolean", "default": True},
    "mode": {"$ref": "#/components/Mode"},
    "price": {"type": "integer", "default": 1},
    "tags": {"type": "array", "default": []},
    "note": {"type": "string", "default": "none"},
    "plain": {"type": "string"},
    "nothing": {"type": ["string", "null"], "default": None},
    "look": {"type": "object", "properties": {"dark": {"type": "boolean", "default": True}}},
}
TAKEN = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, **DEFAULTS}}
DOCUMENT = {"components": {"Mode": {"type": "string", "default": "slow"}}}
RULES = policy(rules=Rules(defaults=True), sunset=GONE)
WRAPPED = {"type": "object", "properties": {"data": SHOWN, "open": {"type": "boolean"}}}


def creating(
    shown: Any = SHOWN, key: str = "POST /things", subject: str = "v2", taken: Any = TAKEN, **changes: Any
) -> Scene:
    """A scene of an operation that takes members with defaults, whose answer does not conform where its size is a list."""

    def validate(body: Any) -> tuple[SchemaProblem, ...]:
        wrong = SchemaProblem(where="/size", keyword="type", message="a size is a number")
        return (wrong,) if isinstance(body.get("size"), list) else ()

    declared = [answers(shown, status=status) for status in ("200", "201")]
    statuses = [
        replace(each, bodies={name: replace(body, validate=validate) for name, body in each.bodies.items()})
        for each in declared
    ]
    where = scene(RULES, subject, key, operations=[operation(key, *statuses, body_schema=taken)], **changes)
    return replace(where, contracts={name: replace(each, document=DOCUMENT) for name, each in where.contracts.items()})


def sent(**members: Any) -> dict[str, bytes]:
    """What a request sends."""
    return {"sent": json.dumps({"name": "a", **members}).encode()}


WHERE = creating()
PUT = creating(key="PUT /things")
IN = {"name": "a"}

SILENT = {
    "defaults": row("held", response(201, IN | {"size": 3, "open": True, "mode": "slow", "tags": []}), WHERE, **sent()),
    "a-whole-number-either-way": row("held", response(201, IN | {"price": 1.0}), WHERE, **sent()),
    "what-was-sent": row("held", response(201, IN | {"size": 4, "open": True}), WHERE, **sent(size=4)),
    "behind-a-wrapper": row(
        "held", response(201, {"open": False, "data": IN | {"open": True}}), creating(WRAPPED), **sent()
    ),
    "in-an-object": row("held", response(201, IN | {"look": {"dark": True}}), WHERE, **sent(look={})),
    "in-an-object-that-was-not-sent": row("unspoken", response(201, IN | {"look": {"dark": False}}), WHERE, **sent()),
    "in-an-object-that-is-not-shown": row("unspoken", response(201, IN | {"look": None}), WHERE, **sent(look={})),
    "nothing-left-out-that-shows": row("unspoken", response(201, IN | {"size": 9}), WHERE, **sent(size=4)),
    "another-record": row("unspoken", response(201, {"name": "b", "size": 9}), WHERE, **sent()),
    "not-shown": row("unspoken", response(201, IN | {"note": "x"}), WHERE, **sent()),
    "without-a-default": row("unspoken", response(201, IN | {"plain": "x", "nothing": "x"}), WHERE, **sent()),
    "shown-as-another-type": row(
        "unspoken",
        response(201, IN | {"size": "XL"}),
        creating({"type": "object", "properties": {"name": {}, "size": {"type": "string"}}}),
        **sent(),
    ),
    "no-conforming-answer-is-av301s": row(
        "unspoken", response(201, IN | {"open": False, "size": [9]}), WHERE, **sent()
    ),
    "a-replacement": row("unspoken", response(200, IN | {"size": 9}), PUT, **sent()),
    "a-change": row("unpromised", response(200, IN | {"size": 9}), creating(key="PATCH /things"), **sent()),
    "refused": row("unspoken", response(422, error()), WHERE, **sent()),
    "a-request-that-should-be-refused": row("unspoken", response(201, IN | {"size": 9}), WHERE, Aim.REFUSED, **sent()),
    "no-body": row("unspoken", response(201, IN | {"size": 9}), WHERE),
    "a-list": row("unspoken", response(201, IN | {"size": 9}), WHERE, sent=b"[1]"),
    "an-undeclared-answer": row("unspoken", response(202, IN | {"size": 9}), WHERE, **sent()),
    "no-content": row("unspoken", response(201), WHERE, **sent()),
    "no-defaults": row("unpromised", response(201, IN | {"size": 9}), creating(taken={"type": "object"}), **sent()),
    "not-promised": row("unpromised", response(201, IN | {"size": 9}), scene(key="POST /things"), **sent()),
    "after-its-sunset": row(
        "unpromised", response(410, error()), creating(subject="v1", as_of=instant("2030-01-01")), Aim.SUNSET
    ),
}

SPEAK = {
    "another-value": row(
        ("size was left out and is not its default",), response(201, IN | {"size": 4}), WHERE, **sent()
    ),
    "false-for-true": row(("open was left out",), response(201, IN | {"open": False}), WHERE, **sent()),
    "one-for-true": row(("open was left out",), response(201, IN | {"open": 1}), WHERE, **sent()),
    "null": row(("open was left out",), response(201, IN | {"open": None}), WHERE, **sent()),
    "by-reference": row(("mode was left out",), response(201, IN | {"mode": "fast"}), WHERE, **sent()),
    "not-empty": row(("tags was left out",), response(201, IN | {"tags": ["new"]}), WHERE, **sent()),
    "several": row(
        ("size was left out", "open was left out"), response(201, IN | {"size": 4, "open": False}), WHERE, **sent()
    ),
    "behind-a-wrapper": row(
        ("open was left out",),
        response(201, {"open": True, "data": IN | {"open": False}}),
        creating(WRAPPED),
        **sent(),
    ),
    "in-an-object": row(
        ("look.dark was left out",), response(201, IN | {"look": {"dark": False}}), WHERE, **sent(look={"hue": 1})
    ),
    "created-by-put": row(("size was left out",), response(201, IN | {"size": 4}), PUT, **sent()),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """Each member that got something else than its default is said once."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


def test_members_are_left_out_beside_others() -> None:
    """Numbers at their greatest, flags and choices not at their default; no text that nobody chose."""
    taken = {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "size": {"type": "integer", "maximum": 9, "default": 3},
            "open": {"type": "boolean", "default": True},
            "mode": {"anyOf": [{"type": "string", "enum": ["slow", "fast"]}, {"type": "null"}], "default": "fast"},
        },
    }
    asks = list(asked(CHECK, creating(taken=taken, unsafe=True)))

    assert [(each.lacks, dict(each.members)) for each in asks] == [
        ((("size",),), {("open",): False, ("mode",): "slow"}),
        ((("open",),), {("size",): 9, ("mode",): "slow"}),
        ((("mode",),), {("size",): 9, ("open",): False}),
    ]


def test_members_of_objects_are_left_out_too() -> None:
    """An object with a default inside is sent with what stands beside it; one that requires more than that is not."""

    def within(**more: object) -> dict[str, Any]:
        number = {"type": "integer", "maximum": 9}
        return {"type": "object", "properties": {"size": number, "fast": {"type": "boolean", "default": True}}, **more}

    outer = {"type": "object", "properties": {"plain": within(), "full": within(required=["size"])}}
    odd = {"texts": within(required=["text"]), "either": within(oneOf=[{}, {}]), "all": within(required=["fast"])}
    around = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "inner": within()}}
    body = {"type": "object", "properties": {"outer": outer, "around": around, **odd}}

    asks = list(asked(CHECK, creating(taken=body, unsafe=True)))

    assert [(each.lacks, dict(each.members)) for each in asks] == [
        ((("outer", "plain", "fast"),), {("outer", "plain", "size"): 9}),
        ((("outer", "full", "fast"),), {("outer", "full", "size"): 9}),
    ]


LIMIT = Parameter(name="limit", place="query", required=False, default=20)
LIST = scene(RULES, operations=[operation("GET /things", parameters=(LIMIT,))])
PAGE, LONGER = [{"id": 1}, {"id": 2}], [{"id": 1}, {"id": 2}, {"id": 3}]


@pytest.mark.parametrize(
    ("where", "here", "there", "expected"),
    [
        pytest.param(LIST, response(200, PAGE), response(200, PAGE), "held", id="the same list"),
        pytest.param(
            LIST,
            response(200, PAGE),
            response(200, LONGER),
            ("a list without limit is not the one with the default",),
            id="another list",
        ),
        pytest.param(
            LIST,
            [response(200, PAGE), response(200, LONGER)],
            [response(200, LONGER), response(200, LONGER)],
            "held",
            id="a list that grew",
        ),
        pytest.param(LIST, response(200, PAGE), response(400, error()), "unspoken", id="a default that is refused"),
        pytest.param(LIST, response(200, []), response(200, []), "unasked", id="an empty list"),
        pytest.param(
            scene(policy(sunset=GONE), operations=[operation("GET /things", parameters=(LIMIT,))]),
            response(200, PAGE),
            response(200, LONGER),
            "unpromised",
            id="not promised",
        ),
    ],
)
def test_the_query_of_a_list(
    where: Scene, here: Response | list[Response], there: Response | list[Response], expected: str | tuple[str, ...]
) -> None:
    """A list without a parameter is held against the list with its default."""
    assert held_against(CHECK, where, here, there) == expected
