"""AV108: the map from a version to its successor leaves no operation out, and what is counted is counted right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.operation_map import CHECK
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import Operation
from tests.checks.builders import OPERATIONS, alias, contract, inspected, operation, policy, scene

OLD = (*OPERATIONS, operation("GET /gizmos"))


def mapped(*operations: Operation, subject: str = "v1", **changes: object) -> Scene:
    """A scene of a version whose operations are these; its successor has the shop's."""
    shop = policy(**{"complete": True, **changes})
    return scene(
        shop, subject, None, contracts={"v1": contract("v1", *operations), "v2": contract("v2"), "v3": contract("v3")}
    )


def counted(version: int | None = None, rows: int | None = None, subject: str = "v1") -> Scene:
    """A scene of a version that is said to have so many operations, in a map that is said to have so many rows."""
    shop = policy(renamed=({"v1": "GET /things", "v2": "GET /things"},), renamed_count=rows)
    found = {**shop.versions, "v1": replace(shop.versions["v1"], count=version)}
    return scene(policy(versions=found, renamed=shop.renamed, renamed_count=rows), subject, None)


def aliased(*operations: str, absent: frozenset[str] = frozenset(), **changes: Any) -> Scene:
    """A scene of unversioned paths with these operations."""
    found = alias(operations=frozenset(operations), absent=absent, **{"version": "v2", **changes})
    return scene(policy(aliases={"plain": found}, complete="count" not in changes), "plain", None)


SILENT = {
    "same-names": (mapped(), "held"),
    "renamed": (mapped(*OLD, renamed=({"v1": "GET /gizmos", "v2": "GET /things"},)), "held"),
    "gone-and-said-so": (mapped(*OLD, renamed=({"v1": "GET /gizmos"},)), "held"),
    "a-parameter-by-another-name": (
        mapped(operation("GET /things/{thingId}"), alike={("v1", "GET /things/{thingId}"): {"v2": "GET /things/{id}"}}),
        "held",
    ),
    "not-promised": (mapped(*OLD, complete=False), "unpromised"),
    "no-successor": (mapped(*OLD, subject="v2"), "unpromised"),
    "what-is-neutral-is-in-no-version": (mapped(*OPERATIONS, operation("GET /up", neutral=True)), "held"),
    "counted-right": (counted(4), "held"),
    "rows-counted-right": (counted(rows=1, subject="v3"), "held"),
    "told-once": (counted(rows=7), "unpromised"),
    "alias-of-all": (aliased("/things", "/things/{id}"), "held"),
    "alias-of-some": (aliased("/things", absent=frozenset({"GET /things/{id}", "DELETE /things/{id}"})), "held"),
    "alias-counted-right": (aliased("/things", count=1), "held"),
}

SPEAK = {
    "forgotten": (mapped(*OLD), ("the map leaves out GET /gizmos",)),
    "renamed-in-another-version": (
        mapped(*OLD, renamed=({"v2": "GET /things", "v3": "GET /things"},)),
        ("the map leaves out GET /gizmos",),
    ),
    "another-method": (mapped(*OPERATIONS, operation("PUT /things")), ("the map leaves out PUT /things",)),
    "many": (
        mapped(*OPERATIONS, *(operation(f"GET /{name}") for name in "abcdef")),
        ("the map leaves out GET /a, GET /b, GET /c, GET /d and 2 more",),
    ),
    "miscounted": (counted(31), ("31 operations are promised, and there are 4",)),
    "rows-miscounted": (
        counted(rows=15, subject="v3"),
        ("15 rows of operations.renamed are promised, and there are 1",),
    ),
    "alias-leaves-out": (aliased("/things"), ("the map leaves out GET /things/{id}, DELETE /things/{id}",)),
    "alias-miscounted": (
        aliased("/things", "/things/{id}", count=31),
        ("31 operations are promised, and there are 2",),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """A map without holes and counts that are true make no finding."""
    where, expected = SILENT[name]

    assert inspected(CHECK, where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What the map forgets is named, and what was miscounted is counted."""
    where, expected = SPEAK[name]

    assert inspected(CHECK, where) == expected
