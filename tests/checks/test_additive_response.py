"""AV303: live answers only ever add to the frozen ones: members clients have come to read do not vanish."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_apiversion.checks.additive_response import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.finding import Severity
from tests.checks.builders import (
    Row,
    agrees,
    answers,
    concluded,
    exchange,
    instant,
    living,
    operation,
    policy,
    response,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

NOTE = {"note": {"type": "string"}, "size": {"type": "object", "properties": {"w": {"type": "number"}}}}
THING = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, **NOTE}}
PAGE = {"type": "object", "properties": {"things": {"type": "array", "items": THING}}}
DATA = {"type": "object", "properties": {"data": THING}}
FULL = {"id": "t", "note": "n", "size": {"w": 1}}


def of(schema: dict[str, Any], *examples: Any, method: str = "GET") -> Scene:
    """A scene about an operation whose 200 has this schema and these examples."""
    return scene(key=f"{method} /things", operations=[operation(f"{method} /things", answers(schema, *examples))])


def live(expected: str | tuple[str, ...], where: Scene, *bodies: Any, sent: Any = None, **changes: Any) -> Row:
    """A row of live answers with these bodies."""
    body = None if sent is None else json.dumps(sent).encode()
    return Row(
        expected=expected,
        scene=where,
        exchanges=tuple(exchange(where, response(200, value), sent=body, **changes) for value in bodies),
    )


ONE = of(THING, FULL)
TWO = of(THING, FULL, {"id": "u"})
LIST = of(PAGE, {"things": [FULL]})
POST = of(THING, method="POST")
WRAPPED = of(DATA, method="POST")
SECRET = {"type": "string", "writeOnly": True}
PROPERTIES: dict[str, Any] = {**json.loads(json.dumps(THING))["properties"]}
SECRETS: dict[str, Any] = {
    "plain": {**THING, "properties": {**PROPERTIES, "pin": SECRET}},
    "in-a-part": {"allOf": [THING, {"properties": {"pin": SECRET}}]},
    "composed": {**THING, "properties": {**PROPERTIES, "pin": {"allOf": [SECRET, {"minLength": 1}]}}},
}
SENT = {"note": "mine", "other": 1}

SILENT = {
    "sent-and-shown-by-an-answer-that-repeats-nothing-else": live(
        "held", POST, {"id": "x"}, {"id": "x"}, {"id": "y", "note": "all"}, sent={"id": "x", "note": "mine"}
    ),
    "all-there": live("held", ONE, FULL),
    "more-there": live("held", ONE, {**FULL, "new": 1}),
    "there-in-one-of-many": live("held", ONE, {"id": "u"}, FULL, {"id": "w"}),
    "null-is-there": live("held", ONE, {**FULL, "note": None}),
    "not-in-every-example": live("held", TWO, {"id": "t"}),
    "empty-list-shows-nothing": live("held", LIST, {"things": []}),
    "object-it-is-in-is-not-there": live("held", of(THING, {"id": "t", "size": {"w": 1}}), {"id": "t", "size": None}),
    "required-is-av301s": live("held", ONE, {"note": "n", "size": {"w": 1}}),
    "member-the-schema-leaves-open": live("held", of({"type": "object"}, {"en": "x"}), {"de": "y"}),
    "no-examples": live("unspoken", of(THING), {"id": "t"}),
    "errors": Row(expected="unspoken", scene=ONE, exchanges=(exchange(ONE, response(404, {"id": "t"})),)),
    "not-json": Row(expected="unspoken", scene=ONE, exchanges=(exchange(ONE, response(200, body=b"{")),)),
    "weaker-carrier": live("unspoken", ONE, {"id": "t"}, via="header"),
    "refused-requests": live("unspoken", ONE, {"id": "t"}, aim=Aim.REFUSED),
    "sent-and-shown": live("held", POST, {"id": "t", "note": "mine"}, {"id": "u", "note": "mine"}, sent=SENT),
    "sent-and-shown-once-at-least": live(
        "held", POST, {"id": "t", "note": "mine"}, {"id": "u"}, {"id": "w"}, sent=SENT
    ),
    "sent-and-not-of-the-answer": live(
        "held", POST, {"id": "t", "note": "mine"}, {"id": "u", "note": "mine"}, sent={"password": "x", **SENT}
    ),
    "sent-once-only": live("held", POST, {"id": "x"}, sent={"id": "x", "note": "mine"}),
    "nothing-sent-says-nothing": live("unspoken", POST, {"id": "t"}, {"id": "u"}, sent={"note": ""}),
}

SPEAK = {
    "optional-member-gone": live(
        ("/note is in the frozen example and is in none of 2 live answers",),
        ONE,
        {"id": "t", "size": {"w": 1}},
        {"id": "u", "size": {"w": 2}},
    ),
    "nested-member-gone": live(("/size/w is in the frozen example",), ONE, {"id": "t", "note": "n", "size": {}}),
    "in-every-element": live(
        ("/things/*/note is in the frozen example", "/things/*/size is in the frozen example"),
        LIST,
        {"things": [{"id": "t"}, {"id": "u"}]},
    ),
    "list-gone": live(("/things is in the frozen example",), LIST, {}),
    "sent-and-never-shown": live(
        ("/note was sent and is in none of 2 live answers",),
        POST,
        {"id": "x"},
        {"id": "x"},
        sent={"id": "x", "note": "mine"},
    ),
    "sent-and-never-shown-in-data": live(
        ("/data/note was sent",),
        WRAPPED,
        {"data": {"id": "x"}},
        {"data": {"id": "x"}},
        sent={"id": "x", "note": "mine"},
    ),
}


@pytest.mark.parametrize("name", SECRETS)
def test_what_is_for_requests_alone_is_not_missed(name: str) -> None:
    """A `writeOnly` member that was sent, or stands in an example, is no member of answers."""
    posted, read = of(SECRETS[name], method="POST"), of(SECRETS[name], {**FULL, "pin": "1"})
    bodies = [{"id": "t", "note": "mine"}] * 2

    assert concluded(CHECK, live("held", posted, *bodies, sent={**SENT, "pin": "1234"})) == "held"
    assert concluded(CHECK, live("held", read, FULL)) == "held"


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What still shows all it showed, or cannot tell, makes no finding."""
    assert agrees(concluded(CHECK, SILENT[name]), SILENT[name].expected), concluded(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What vanished is said once a place."""
    assert agrees(concluded(CHECK, SPEAK[name]), SPEAK[name].expected), concluded(CHECK, SPEAK[name])


SURE = {
    "several-alike": (Severity.ERROR, live((), ONE, {"id": "t", "size": {"w": 1}}, {"id": "u", "size": {"w": 2}})),
    "one-thing": (Severity.WARNING, live((), ONE, {"id": "t", "size": {"w": 1}})),
    "one-thing-again-and-again": (Severity.WARNING, live((), ONE, *[{"id": "t", "size": {"w": 1}}] * 3)),
    "others-lack-others": (Severity.WARNING, live((), ONE, {"id": "t", "size": {"w": 1}}, {"id": "u"})),
    "alike-in-a-list": (
        Severity.ERROR,
        live((), of(PAGE, {"things": [{"id": "t", "note": "n"}]}), {"things": [{"id": "t"}, {"id": "u"}]}),
    ),
    "was-sent": (
        Severity.ERROR,
        live((), POST, {"id": "x"}, {"id": "x"}, sent={"id": "x", "note": "mine"}),
    ),
}


@pytest.mark.parametrize("name", SURE)
def test_one_thing_and_things_that_differ_show_it_less_surely(name: str) -> None:
    """What an example alone shows may be empty for one thing, and left out where it is empty: that is a warning."""
    severity, row = SURE[name]
    assert CHECK.conclude is not None
    found = list(CHECK.conclude(row.exchanges, row.scene) or ())

    assert found
    assert {broken.severity or CHECK.severity for broken in found} == {severity}


@pytest.mark.parametrize(
    ("row", "received"),
    [
        pytest.param(live((), ONE, {"id": "t", "size": {"w": 1}}), "with id, size", id="outermost"),
        pytest.param(live((), ONE, {**FULL, "size": {}}), "with no member in /size", id="empty"),
        pytest.param(
            live((), LIST, {"things": [{"id": "t", "note": "n" * 500}, {"id": "u"}]}, {"things": []}),
            "with id, note in /things/0",
            id="last-answer-has-none",
        ),
    ],
)
def test_what_came_back_is_told_of_the_object_that_lacks_it(row: Row, received: str) -> None:
    """The finding shows the members of an object that lacks one, with the indices of lists, not how the answer begins."""
    assert CHECK.conclude is not None
    found = list(CHECK.conclude(row.exchanges, row.scene) or ())

    assert [each.received for each in found] == [f"200 (application/json) {received}"]


def test_no_policy_setting_is_needed() -> None:
    """The promise comes with the frozen contract itself."""
    assert CHECK.promised(scene(policy())) == "versions.v2.contract"


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is (stage.answers)
