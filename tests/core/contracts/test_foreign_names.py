"""Names that another version's answers have for something: found where the versions differ in as many names of one object both ways."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.contracts.foreign_names import foreign_names, objects_of

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def taking(**members: Any) -> dict[str, Any]:
    """The schema of an object."""
    return {"type": "object", "properties": members}


OLD, NEW = taking(code=TEXT, amount=NUMBER), taking(sku=TEXT, quantity=NUMBER)
ONE = {"code": "c", "amount": 1}
BOTH = {**ONE, "sku": "c"}


def found(mine: Any, theirs: Any, value: Any, *spoken: str) -> list[str] | None:
    """The foreign names in an answer of v2, whose schema is given beside that of v1."""
    said = foreign_names(objects_of({}, mine), [("v1", objects_of({}, theirs))], value, spoken)
    return None if said is None else [f"{each.place}/{each.name} {'|'.join(each.own)}" for each in said]


INSIDE = ({"lines": [ONE, BOTH]}, taking(lines={"type": "array", "items": OLD}), taking(lines={"items": NEW}))
CASES: dict[str, tuple[Any, Any, Any, list[str] | None]] = {
    # name: what this version says, what the other one does, the answer, and what is found
    "beside-its-own": (OLD, NEW, BOTH, ["/sku code"]),
    "instead-of-its-own": (OLD, NEW, {"sku": "c"}, ["/sku code"]),
    "its-own-alone": (OLD, NEW, ONE, []),
    "inside-a-list": (INSIDE[1], INSIDE[2], INSIDE[0], ["/lines/*/sku code"]),
    "inside-an-object": (taking(a=OLD), taking(a=NEW), {"a": BOTH}, ["/a/sku code"]),
    "inside-of-something-that-stands-elsewhere": (
        taking(a=OLD),
        taking(data=taking(a=NEW)),
        {"a": BOTH},
        ["/a/sku code"],
    ),
    "a-list-of-all": ({"type": "array", "items": OLD}, {"items": NEW}, [BOTH], ["/*/sku code"]),
    "what-one-has-more-was-added": (taking(code=TEXT), taking(code=TEXT, sku=TEXT), BOTH, None),
    "more-came-than-were-renamed": (
        taking(code=TEXT),
        taking(sku=TEXT, since=TEXT),
        {"code": "c", "since": "May"},
        None,
    ),
    "more-came-of-one-kind": (
        OLD,
        taking(sku=TEXT, since=TEXT, quantity=NUMBER),
        {**BOTH, "quantity": 1},
        ["/quantity amount"],
    ),
    "of-no-kind-that-is-missing": (taking(amount=NUMBER), NEW, {"amount": 1, "sku": "c"}, []),
    "another-kind-than-the-others": (OLD, NEW, {**ONE, "sku": 7}, []),
    "a-truth-is-no-number": (taking(amount=NUMBER), taking(quantity=NUMBER), {"quantity": True}, []),
    "may-be-null": (taking(code={"type": ["string", "null"]}), taking(sku=TEXT), {"sku": "c"}, ["/sku code"]),
    "in-one-of-two-it-is-declared": ({"oneOf": [OLD, taking(sku=TEXT)]}, taking(sku=TEXT, name=TEXT), BOTH, []),
    "takes-any-name": ({**OLD, "additionalProperties": TEXT}, NEW, BOTH, None),
    "takes-names-of-a-pattern": ({**OLD, "patternProperties": {"^s": TEXT}}, NEW, BOTH, None),
    "the-other-takes-any-name": (OLD, {**NEW, "additionalProperties": True}, BOTH, None),
    "closed": ({**OLD, "additionalProperties": False}, NEW, BOTH, ["/sku code"]),
    "has-it-elsewhere-under-that-name": (
        taking(a=OLD, b=taking(a=taking(sku=TEXT))),
        taking(a=NEW),
        {"a": BOTH},
        [],
    ),
    "no-schema": (True, NEW, BOTH, None),
}


@pytest.mark.parametrize("name", CASES)
def test_foreign_names(name: str) -> None:
    """A member of the same kind that only the other version has, in an object of the same name, of which each has as many names of that kind that the other lacks."""
    mine, theirs, value, expected = CASES[name]

    assert found(mine, theirs, value) == expected


def test_what_is_looked_at_otherwise_is_left_alone() -> None:
    """`[[fields]]` speaks of it."""
    assert found(OLD, NEW, BOTH, "sku") == []
