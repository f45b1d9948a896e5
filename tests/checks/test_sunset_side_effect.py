"""AV603: a request to a sunset version changes nothing, whatever it is answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.sunset_side_effect import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import (
    GONE,
    V1,
    agrees,
    alias,
    asked,
    instant,
    living,
    operation,
    policy,
    response,
    row,
    said,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

AFTER = instant("2027-01-01")
RULES = policy(sunset=GONE)
WHERE = scene(RULES, "v1", "POST /things", as_of=AFTER)
DELETES = scene(RULES, "v1", "DELETE /things/{id}", as_of=AFTER)
NO_HEIR = scene(living(replace(V1, successor=None), sunset=GONE), "v1", "POST /things", as_of=AFTER)
READ_ONLY = scene(RULES, "v1", as_of=AFTER, operations=[operation("GET /things")])
EMPTY, MARKED, OTHER = (
    response(200, {"things": []}),
    response(200, {"things": [{"note": "mark-7"}]}),
    response(200, {"things": [{"note": "other"}]}),
)
THERE, CLOCKED = response(200, {"id": "t", "now": 1}), response(200, {"id": "t", "now": 2})
MARK = {"probe": "mark-7", "peers": {"before": EMPTY, "again": EMPTY, "written": response(410)}}
COMPARE = {"probe": "", "peers": {"before": THERE, "again": CLOCKED, "written": response(410)}}

SILENT = {
    "nothing-left-behind": row("held", EMPTY, WHERE, Aim.SIDE_EFFECT, **MARK),
    "others-write-meanwhile": row("held", OTHER, WHERE, Aim.SIDE_EFFECT, **MARK),
    "was-there-before": row(
        "held",
        MARKED,
        WHERE,
        Aim.SIDE_EFFECT,
        **{**MARK, "peers": {"before": MARKED, "again": MARKED, "written": response(410)}},
    ),
    "still-there": row("held", THERE, DELETES, Aim.SIDE_EFFECT, **COMPARE),
    "only-what-always-changes-changed": row(
        "held", response(200, {"id": "t", "now": 9}), DELETES, Aim.SIDE_EFFECT, **COMPARE
    ),
    "a-write-that-was-served-is-av601s": row(
        "unspoken",
        MARKED,
        WHERE,
        Aim.SIDE_EFFECT,
        **{**MARK, "peers": {"before": EMPTY, "again": EMPTY, "written": response(201)}},
    ),
    "nothing-was-written": row(
        "unspoken", MARKED, WHERE, Aim.SIDE_EFFECT, **{**MARK, "peers": {"before": MARKED, "again": MARKED}}
    ),
    "nothing-to-look-for": row("unspoken", MARKED, WHERE, Aim.SIDE_EFFECT, **{**MARK, "probe": None}),
    "another-aim": row("unspoken", MARKED, WHERE, Aim.SUNSET, **MARK),
    "unsafe-methods-may-not-be-sent": row(
        "unpromised", MARKED, scene(RULES, "v1", "POST /things", as_of=AFTER, unsafe=False), Aim.SIDE_EFFECT, **MARK
    ),
    "nowhere-to-look": row("unpromised", MARKED, NO_HEIR, Aim.SIDE_EFFECT, **MARK),
    "nothing-writes": row("unpromised", MARKED, READ_ONLY, Aim.SIDE_EFFECT, **MARK),
    "not-yet": row("unpromised", MARKED, scene(RULES, "v1", "POST /things"), Aim.SIDE_EFFECT, **MARK),
}

SPEAK = {
    "created": row(("POST /things through the sunset v1 took effect",), MARKED, WHERE, Aim.SIDE_EFFECT, **MARK),
    "deleted": row(
        ("DELETE /things/{id} through the sunset v1 took effect",), response(404), DELETES, Aim.SIDE_EFFECT, **COMPARE
    ),
    "changed": row(
        ("took effect",), response(200, {"id": "t", "now": 3, "note": "changed"}), DELETES, Aim.SIDE_EFFECT, **COMPARE
    ),
    "emptied": row(("took effect",), response(200, {"now": 3}), DELETES, Aim.SIDE_EFFECT, **COMPARE),
    "alias": row(
        ("POST /things through the sunset plain took effect",),
        MARKED,
        scene(
            policy(sunset=GONE, aliases={"plain": alias(replace(V1, sunset=instant("2026-06-01")))}),
            "plain",
            "POST /things",
        ),
        Aim.SIDE_EFFECT,
        via="plain",
        **MARK,
    ),
}


def test_every_write_is_tried_once_through_the_strongest_carrier() -> None:
    """Unsafe operations are tried; reads and neutral operations have nothing to leave behind."""
    (ask,) = asked(CHECK, WHERE)

    assert (ask.aim, ask.selection) == (Aim.SIDE_EFFECT, (("path", "v1"),))
    assert not asked(CHECK, scene(RULES, "v1", "GET /things", as_of=AFTER))
    assert not asked(CHECK, scene(RULES, "v1", "POST /things", as_of=AFTER, unsafe=False))


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages it is about, to the instant, at both boundaries, on leap days too."""
    life, as_of, stage = MOMENTS[name]
    where = scene(living(life, sunset=GONE), "v1", as_of=instant(as_of))

    assert where.stage is stage
    assert is_promised(CHECK, where) is (stage is Stage.SUNSET and life.successor is not None)


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
