"""AV315: what is deprecated says so in its contract and on the wire."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.documented_deprecation import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.policy.responses import Deprecation
from tests.checks.builders import (
    ANNOUNCES,
    DEPRECATION,
    GONE,
    SF_DATE,
    agrees,
    alias,
    error,
    inspected,
    instant,
    operation,
    policy,
    response,
    row,
    said,
    scene,
)

DOCUMENTED = replace(ANNOUNCES, documented=True)
RULES = policy(deprecation=DOCUMENTED, sunset=GONE)
MARKED = [operation("GET /things", deprecated=True), operation("GET /jobs"), operation("GET /health", neutral=True)]
ALL = [operation("GET /things", deprecated=True), operation("GET /health", neutral=True)]


def where(subject: str = "v2", key: str | None = "GET /things", rules: Any = RULES, **changes: Any) -> Scene:
    """A scene of a contract that deprecates one operation."""
    return scene(rules, subject, key, **{"operations": MARKED, **changes})


PLAIN = response(200, {"id": "t"})
SILENT = {
    "announced": row("held", response(200, {"id": "t"}, headers=DEPRECATION), where()),
    "announced-by-one-header": row("held", response(200, {"id": "t"}, headers=DEPRECATION[1:]), where()),
    "announced-on-errors": row("held", response(404, error(), headers=DEPRECATION), where(), Aim.UNKNOWN_DATA),
    "not-yet-deprecated-and-marked-early": row("unpromised", PLAIN, where("v1", as_of=instant("2025-12-31"))),
    "a-path-without-an-alias": row("unspoken", response(404, error()), where(), Aim.ABSENT, via="plain"),
    "not-marked": row("unspoken", PLAIN, where(key="GET /jobs")),
    "another-method": row("unspoken", response(405, error()), where(), Aim.UNROUTED, method="PATCH"),
    "neutral": row("unspoken", PLAIN, where(key="GET /health")),
    "a-deprecated-version-is-av501s": row("unspoken", PLAIN, where("v1")),
    "not-due-on-this-status": row(
        "unspoken",
        response(404, error()),
        where(rules=policy(deprecation=Deprecation(headers=(replace(SF_DATE, statuses=("2xx",)),), documented=True))),
        Aim.UNKNOWN_DATA,
    ),
    "nothing-marked": row("unpromised", PLAIN, where(key="GET /jobs", operations=[operation("GET /jobs")])),
    "not-promised": row("unpromised", PLAIN, where(rules=policy(deprecation=ANNOUNCES))),
    "no-header-to-announce-with": row(
        "unpromised", PLAIN, where(rules=policy(deprecation=Deprecation(documented=True)))
    ),
    "no-header-but-near-the-end": row(
        "unpromised",
        PLAIN,
        where(rules=policy(deprecation=Deprecation(headers=(replace(SF_DATE, within=30),), documented=True))),
    ),
    "planned": row("unpromised", PLAIN, where("v3")),
    "after-its-sunset": row("unpromised", PLAIN, where("v1", as_of=instant("2030-01-01")), Aim.SUNSET),
    "an-alias": row(
        "unpromised", PLAIN, where("plain", rules=policy(deprecation=DOCUMENTED, aliases={"plain": alias()}))
    ),
}

SPEAK = {
    "marked-and-silent": row(("the contract deprecates the operation",), PLAIN, where()),
    "marked-and-silent-on-errors": row(("answers do not say so",), response(404, error()), where(), Aim.UNKNOWN_DATA),
    "another-header": row(
        ("answers do not say so",), response(200, {"id": "t"}, headers=(("Warning", "299"),)), where()
    ),
}

INSPECTED: dict[str, tuple[Scene, str | tuple[str, ...]]] = {
    "all-marked": (where("v1", None, operations=ALL), "held"),
    "live": (where("v2", None), "unspoken"),
    "one-forgotten": (where("v1", None), ("v1 is deprecated, and its contract does not say so of GET /jobs",)),
    "many-forgotten": (
        where("v1", None, operations=[operation(f"GET /{name}") for name in "abcdef"]),
        ("of GET /a, GET /b, GET /c, GET /d and 2 more",),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(said(CHECK, SILENT[name]), SILENT[name].expected), said(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """An operation that only its document deprecates is said once."""
    assert agrees(said(CHECK, SPEAK[name]), SPEAK[name].expected), said(CHECK, SPEAK[name])


@pytest.mark.parametrize("name", INSPECTED)
def test_documents_are_held_offline(name: str) -> None:
    """The document of a deprecated version marks all of its operations."""
    found, expected = INSPECTED[name]
    assert agrees(inspected(CHECK, found), expected), inspected(CHECK, found)


def test_it_warns() -> None:
    """No client breaks by it."""
    assert CHECK.severity is Severity.WARNING
