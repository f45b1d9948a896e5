"""AV408: a body that is too large is refused with the declared status, and not before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.largest_body import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.policy.responses import ErrorRules, TooLarge
from tests.checks.builders import (
    OPERATIONS,
    agrees,
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

RULES = ErrorRules(too_large=TooLarge(bytes=100, statuses=frozenset({413})))
WRITE = replace(operation("POST /things"), body_media_types=("application/json",))
TAKING = (WRITE, *(each for each in OPERATIONS if each.key != WRITE.key))


def where(rules: ErrorRules = RULES, key: str = "POST /things", **changes: Any) -> Scene:
    """A shop that takes a hundred bytes."""
    return scene(policy(error_rules=rules), key=key, **{"operations": TAKING, "unsafe": True, **changes})


SILENT = {
    "refused": row("held", response(413, error()), where(), Aim.TOO_LARGE),
    "declared-otherwise": row(
        "held",
        response(400, error()),
        where(ErrorRules(too_large=TooLarge(bytes=100, statuses=frozenset({400, 413})))),
        Aim.TOO_LARGE,
    ),
    "taken": row("held", response(200, {"id": "t"}), where(), Aim.LARGEST),
    "taken-already": row("unspoken", response(409, error()), where(), Aim.LARGEST),
    "too-often": row("unspoken", response(429), where(), Aim.TOO_LARGE),
    "crash-is-av402s": row("unspoken", response(500), where(), Aim.TOO_LARGE),
    "another-aim": row("unspoken", response(413), where(), Aim.REFUSED),
    "not-promised": row("unpromised", response(200), where(ErrorRules()), Aim.TOO_LARGE),
    "only-safe-methods": row("unpromised", response(200), where(unsafe=False), Aim.TOO_LARGE),
}

SPEAK = {
    "a-byte-too-many": row(("a body of 101 bytes is taken",), response(200, {"id": "t"}), where(), Aim.TOO_LARGE),
    "refused-otherwise": row(("a body of 101 bytes gets 400",), response(400, error()), where(), Aim.TOO_LARGE),
    "refused-too-early": row(("a body of 100 bytes gets 413",), response(413, error()), where(), Aim.LARGEST),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """No finding where the promise is kept, cannot be shown, or is not made."""
    assert said(CHECK, SILENT[name]) == SILENT[name].expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """Each broken row is found, with words that tell it apart."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected)


def test_a_write_is_asked_at_the_limit_and_beyond() -> None:
    """Of operations that take JSON, and once for a version; readings and other bodies are not asked."""
    assert [(ask.aim, ask.padded, ask.once) for ask in asked(CHECK, where())] == [
        (Aim.LARGEST, 100, True),
        (Aim.TOO_LARGE, 101, True),
    ]
    assert asked(CHECK, where(key="GET /things")) == []
    assert asked(CHECK, where(operations=OPERATIONS)) == []
    assert asked(CHECK, where(ErrorRules())) == []


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds in exactly the stages in which a version answers."""
    life, as_of, stage = MOMENTS[name]
    found = scene(living(life, error_rules=RULES), "v1", operations=TAKING, as_of=instant(as_of), unsafe=True)

    assert is_promised(CHECK, found) is stage.answers
