"""AV700: every request gets an answer: no closed connection, no silence, no unreadable or endless body."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.checks.answers import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind
from pytest_apiversion.core.policy.requests import Rules
from tests.checks.builders import V1, V3, agrees, instant, policy, response, row, said, scene, versions

WHERE = scene()
AFTER = scene(subject="v1", as_of=instant("2027-01-01"))

TWICE = replace(response(200), anomalies=(("a second answer behind it", "HTTP/1.1 200"),))

SILENT = {
    "answer": row("held", response(200), WHERE),
    "refusal": row("held", response(404), WHERE, Aim.UNROUTED),
    "failure-is-av402s": row("held", response(500), WHERE),
    "busy": row("held", response(503), WHERE),
    "two-answers-where-nobody-minds": row("held", TWICE, scene(policy(rules=Rules(unambiguous=False)))),
    "after-the-sunset": row("held", response(410), AFTER, Aim.SUNSET),
    "before-the-release": row("unpromised", response(404), scene(policy(versions=versions(v1=V1, v3=V3)), "v3")),
}

SPEAK = {
    kind.name.lower(): row((f"no usable answer: {kind.value}",), NoAnswer(kind=kind, detail="…"), WHERE)
    for kind in NoAnswerKind
} | {
    "two-answers": row(("two readers may take the answer for two things: a second answer behind it",), TWICE, WHERE),
    "to-a-probe": row(
        ("no usable answer",), NoAnswer(kind=NoAnswerKind.CLOSED, detail=""), WHERE, Aim.MALFORMED, probe="v٢"
    ),
    "after-the-sunset": row(("no usable answer",), NoAnswer(kind=NoAnswerKind.CLOSED, detail=""), AFTER, Aim.SUNSET),
    "to-no-route": row(
        ("no usable answer",), NoAnswer(kind=NoAnswerKind.TIMEOUT, detail="10 s"), scene(key=None), Aim.UNROUTED
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])
