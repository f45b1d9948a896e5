"""AV216: a path segment that only looks like a version selects nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.decoy_segment import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from tests.checks.builders import (
    HEADER,
    PATH,
    agrees,
    alias,
    answers,
    asked,
    error,
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

OPERATIONS = (
    operation("GET /v1/things"),
    operation("GET /v1/things/{id}"),
    operation("POST /v1/things", answers(status="201")),
    operation("GET /things"),
    operation("GET /v2/new"),
    operation("GET /v1/new"),
    operation("GET /a/v1/v1/b"),
)


def below(key: str) -> Scene:
    """A scene whose versions stand in the path, before the operations'."""
    rules = replace(policy(PATH), decoys=("v1",), base_path="/v1")
    return scene(rules, "v2", key, operations=OPERATIONS)


def decoys(key: str | None = "GET /v1/things", subject: str = "v2", *segments: str, **changes: Any) -> Scene:
    """A scene whose policy says that `v1` in a path is no version; a header names those."""
    rules = policy(HEADER, decoys=segments or ("v1",), base_path="", aliases={"plain": alias()})
    rules = replace(rules, **changes)
    return scene(rules, subject, key, operations=OPERATIONS)


WHERE = decoys()

SILENT = {
    "nothing-there": row("held", response(404, error()), WHERE, Aim.DECOY, probe="/v2/things"),
    "refused-otherwise": row("held", response(400, error()), WHERE, Aim.DECOY, probe="/v2/things"),
    "sent-elsewhere": row("held", response(308), WHERE, Aim.DECOY, probe="/v2/things"),
    "the-true-path": row("unspoken", response(200, {"id": "t"}), WHERE),
    "no-decoys": row("unpromised", response(200), scene(policy(HEADER)), Aim.DECOY, probe="/v2/things"),
    "alias": row("unpromised", response(200), decoys(subject="plain"), Aim.DECOY, probe="/v2/things"),
    "planned": row("unpromised", response(200), decoys(subject="v3"), Aim.DECOY, probe="/v2/things"),
}

SPEAK = {
    "served": row(
        ("/v2/things answers, though v1 in a path is no version",),
        response(200, {"id": "t"}),
        WHERE,
        Aim.DECOY,
        probe="/v2/things",
    ),
    "served-without-a-body": row(("/v2/things answers",), response(204), WHERE, Aim.DECOY, probe="/v2/things"),
    "of-two": row(
        ("v1 and api3 in a path",),
        response(200),
        decoys("GET /v1/things", "v2", "v1", "api3"),
        Aim.DECOY,
        probe="/v2/things",
    ),
}

ASKS = {
    # name: the scene, and the paths that are asked for
    "the-next-number": (WHERE, ["/v2/things"]),
    "each-in-turn": (decoys("GET /a/v1/v1/b"), ["/a/v2/v1/b", "/a/v1/v2/b"]),
    "parameters": (decoys("GET /v1/things/{id}"), []),
    "writing": (decoys("POST /v1/things"), []),
    "no-such-segment": (decoys("GET /things"), []),
    "declared-there-too": (decoys("GET /v1/new"), []),
    "before-the-operations": (decoys("GET /things", base_path="/v1"), ["/v2/things"]),
    "in-both-places": (decoys("GET /v1/things", base_path="/v1"), ["/v2/v1/things", "/v1/v2/things"]),
    "declared-there-below-the-base": (decoys("GET /v1/new", base_path="/api"), []),
    "router": (decoys(None), []),
    "planned": (decoys(subject="v3"), []),
}


@pytest.mark.parametrize("name", ASKS)
def test_what_is_asked(name: str) -> None:
    """Reading operations without parameters are asked for once with each decoy's next number, and the version in its carrier."""
    where, paths = ASKS[name]
    asks = asked(CHECK, where)

    assert [ask.path for ask in asks] == paths
    assert all(ask.selection == (("header", "2"),) and ask.whole for ask in asks)


@pytest.mark.parametrize(("key", "paths"), [("GET /v1/things", ["/v2/things"]), ("GET /things", [])])
def test_below_a_version(key: str, paths: list[str]) -> None:
    """Where the path names the version, what is asked stands behind that, and what stands before operations without one is not there."""
    asks = list(asked(CHECK, below(key)))

    assert [(ask.path, ask.whole) for ask in asks] == [(path, False) for path in paths]


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages in which a version answers."""
    life, as_of, stage = MOMENTS[name]

    assert is_promised(CHECK, scene(living(life, decoys=("v1",)), "v1", as_of=instant(as_of))) is stage.answers


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
