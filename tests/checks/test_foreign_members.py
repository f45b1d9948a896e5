"""AV311: a member by another version's name, in the place of this version's own, does not count."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_apiversion.checks.isolation import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.judging.other_versions import foreign_members
from tests.checks.builders import (
    Row,
    agrees,
    asked,
    concluded,
    contract,
    error,
    exchange,
    operation,
    policy,
    response,
    scene,
)

TEXT, COUNT = {"type": "string", "minLength": 1}, {"type": "integer", "maximum": 9, "default": 3}
ROWS = ({"v1": "title", "v2": "name"}, {"v1": "size", "v2": "count"})


def body(*required: str, **members: Any) -> dict[str, Any]:
    """The schema of a body."""
    return {"type": "object", "required": list(required), "properties": members}


def where(
    old: Any = None, new: Any = None, rows: Any = ROWS, *, isolated: bool = True, method: str = "POST", **changes: Any
) -> Scene:
    """A scene of an operation whose members were renamed."""
    old = old or body("title", title=TEXT, size=COUNT)
    new = new or body("name", name=TEXT, count=COUNT)
    renamed = ({"v1": f"{method} /thing", "v2": f"{method} /things"},)
    posting = {"body_media_types": ("application/json",)}
    contracts = {
        "v1": contract("v1", operation(f"{method} /thing", body_schema=old, **posting)),
        "v2": contract("v2", operation(f"{method} /things", body_schema=new, **posting)),
        "v3": contract("v3"),
    }
    rules = policy(isolated=isolated, renamed=renamed, fields=rows)
    return scene(rules, "v2", f"{method} /things", contracts=contracts, **changes)


INSIDE = ({"v1": "title", "v2": "config.model"},)
NAMES: dict[str, tuple[Scene, list[str]]] = {
    "as-the-policy-pairs-them": (
        where(),
        ["title for name, required: 'left over by another nam'", "size for count: 9"],
    ),
    "required-ones-by-their-kind": (
        where(rows=()),
        ["title for name, required: 'left over by another nam'"],
    ),
    "none-of-the-kind": (where(old=body("weight", weight={"type": "integer"}), rows=()), []),
    "both-versions-know-both": (
        where(old=body(title=TEXT, name=TEXT), new=body("name", name=TEXT, title=TEXT)),
        [],
    ),
    "values-nobody-can-make": (where(new=body("name", name={"type": "string", "pattern": "^x"}), rows=ROWS[:1]), []),
    "patched": (
        where(new=body(name=TEXT), rows=ROWS[:1], method="PATCH"),
        ["title for name: 'left over by another nam'"],
    ),
    "read": (where(method="GET"), []),
    "into-an-object": (
        where(new=body("config", config=body("model", model=TEXT)), rows=INSIDE),
        ["title for config.model, required: 'left over by another nam'"],
    ),
    "out-of-an-object": (
        where(
            old=body("config", config=body(model=TEXT)),
            new=body(name=TEXT),
            rows=({"v1": "config.model", "v2": "name"},),
        ),
        ["config.model for name: 'left over by another nam'"],
    ),
    "dots-in-the-very-name": (
        where(new=body("config.model", **{"config.model": TEXT}), rows=INSIDE),
        ["title for config.model, required: 'left over by another nam'"],
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_which_names_are_tried(name: str) -> None:
    """Those the policy pairs; without a row, those of a required member's kind that only the other version has."""
    of, expected = NAMES[name]
    found = foreign_members(of)

    assert [
        f"{each.name} for {each.own}{', required' if each.required else ''}: {each.value!r}" for each in found
    ] == expected


def test_each_is_asked_with_and_without_it() -> None:
    """The same body, once with the foreign name and once with neither."""
    asks = [each for each in asked(CHECK, where()) if each.aim is Aim.FOREIGN_MEMBER]

    assert [(each.members, each.lacks) for each in asks] == [
        (((("title",), "left over by another nam"),), (("name",), ("title",))),
        ((), (("name",), ("title",))),
        (((("size",), 9),), (("count",), ("size",))),
        ((), (("count",), ("size",))),
    ]


def test_a_member_of_an_object_is_left_out_of_it() -> None:
    """What stands beside it there stays; a name with dots in it is a member of its own."""
    asks = [
        each
        for kind in (body("config", config=body("model", model=TEXT)), body("config.model", **{"config.model": TEXT}))
        for each in asked(CHECK, where(new=kind, rows=INSIDE))
        if each.aim is Aim.FOREIGN_MEMBER and each.members
    ]

    assert [each.lacks for each in asks] == [(("config", "model"), ("title",)), (("config.model",), ("title",))]


@pytest.mark.parametrize("of", [where(isolated=False), where(unsafe=False)], ids=["not-promised", "safe-methods-only"])
def test_nothing_is_asked(of: Scene) -> None:
    """Where isolation is not promised, or nothing unsafe may be sent."""
    assert not [each for each in asked(CHECK, of) if each.aim is Aim.FOREIGN_MEMBER]


def tried(expected: Any, member: int, answer: Response, control: Response, *more: Any) -> Row:
    """A row of what a name and its control got: of the required member (0), of the one with a default (1)."""
    of = where()
    each = foreign_members(of)[member]
    sent = json.dumps({each.name: each.value}).encode()
    pair = (
        exchange(of, answer, Aim.FOREIGN_MEMBER, probe=each.probe, sent=sent),
        exchange(of, control, Aim.FOREIGN_MEMBER, probe=each.control, sent=b"{}"),
    )
    return Row(expected=expected, scene=of, exchanges=(*pair, *(exchange(of, *one) for one in more)))


REFUSED = response(422, error())
USUAL = response(201, {"data": {"id": "t", "count": 3}})
TAKEN = response(201, {"data": {"id": "t", "count": 9}})
SILENT_ANSWER = response(201, {"id": "t"})

ROWS_OF_ANSWERS = {
    "refused": tried("held", 0, REFUSED, REFUSED),
    "ignored-beside-what-is-required": tried("held", 1, USUAL, USUAL),
    "refused-beside-what-is-required": tried("held", 1, REFUSED, USUAL),
    "not-required-in-truth": tried("unspoken", 0, SILENT_ANSWER, SILENT_ANSWER),
    "shown-without-it-too": tried("held", 1, TAKEN, TAKEN),
    "answers-that-do-not-say": tried("unspoken", 1, SILENT_ANSWER, SILENT_ANSWER),
    "control-fails-for-another-reason": tried("unspoken", 1, TAKEN, response(409, error())),
    "redirected": tried("unspoken", 0, response(303), REFUSED),
    "the-whole-body-is-told": tried("unspoken", 0, SILENT_ANSWER, REFUSED, (SILENT_ANSWER, Aim.FOREIGN_BODY)),
    "the-old-name-is-enough": tried(("title, a name of v1, is taken for name in v2",), 0, SILENT_ANSWER, REFUSED),
    "the-old-name-counts": tried(("size, a name of v1, is taken for count in v2",), 1, TAKEN, USUAL),
}


@pytest.mark.parametrize("name", ROWS_OF_ANSWERS)
def test_what_a_name_does(name: str) -> None:
    """A foreign name leaks where a body is taken with it alone, or where the answer shows its value by this version's name."""
    row = ROWS_OF_ANSWERS[name]

    assert agrees(concluded(CHECK, row), row.expected), concluded(CHECK, row)
