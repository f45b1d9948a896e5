"""The document of one version, as it is compared: what `[[lifecycle]]` says of an operation counts as if the document said it."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.core.contracts.elements import Element, ElementKind
from pytest_apiversion.core.policy.parts import Part
from pytest_apiversion.core.versions.lifecycle import Boundary, Lifecycle
from pytest_apiversion.diff.compare import compare
from pytest_apiversion.diff.pairs import Setting
from pytest_apiversion.shell.target.version_documents import narrowed
from tests.checks.builders import PATH, policy

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/things": {"get": {"tags": ["old"], "responses": {"200": {"description": "Things."}}}},
        "/items": {"get": {"responses": {"200": {"description": "Items."}}}},
    },
}
ENDS = Lifecycle(deprecated=dt.date(2026, 1, 1), sunset=dt.date(2026, 7, 1))
REMOVED: dict[str, tuple[dict[str, Any], Lifecycle, str, str]] = {
    # name: what the row names, the life it gives, the day, and the rule that speaks of the removal
    "on-the-day": ({"operations": ("GET /things",)}, ENDS, "2026-07-01", "operation-removed-after-sunset"),
    "the-day-before": ({"operations": ("GET /things",)}, ENDS, "2026-06-30", "operation-removed-before-sunset"),
    "on-its-last-day": (
        {"paths": ("/things",)},
        replace(ENDS, boundary=Boundary.END_OF_DAY),
        "2026-07-01",
        "operation-removed-before-sunset",
    ),
    "by-its-tag": ({"tags": ("old",)}, ENDS, "2026-07-01", "operation-removed-after-sunset"),
    "undated": (
        {"operations": ("GET /things",)},
        Lifecycle(undated=True),
        "2026-07-01",
        "deprecated-operation-removed",
    ),
    "another-operation": ({"operations": ("GET /items",)}, ENDS, "2026-07-01", "operation-removed"),
    "another-version": (
        {"operations": ("GET /things",), "versions": frozenset({"v2"})},
        ENDS,
        "2026-07-01",
        "operation-removed",
    ),
}


@pytest.mark.parametrize("name", REMOVED)
def test_a_removal_is_weighed_by_the_life_of_the_operation(name: str) -> None:
    """After its end an operation may go; before, clients were told otherwise: by the file, whatever the document says."""
    names, life, day, expected = REMOVED[name]
    row = Part(name="x", place="lifecycle[0]", lifecycle=life, **names)
    rules = replace(policy(PATH), lifecycles=(row,))
    old, new = copy.deepcopy(DOCUMENT), copy.deepcopy(DOCUMENT)
    del new["paths"]["/things"]

    changes = compare(
        narrowed(old, rules, "v1", "old.yaml"),
        narrowed(new, rules, "v1", "new.yaml"),
        Setting(as_of=dt.date.fromisoformat(day)),
    )

    assert [each.rule.id for each in changes] == [expected]


def test_what_stays_is_no_change() -> None:
    """A row about an operation that is in both documents is no difference between them, and the documents are left as they are."""
    rules = replace(policy(PATH), lifecycles=(Part(name="x", place="", lifecycle=ENDS, paths=("/",)),))
    before = copy.deepcopy(DOCUMENT)

    old, new = (narrowed(DOCUMENT, rules, "v1", name) for name in ("old.yaml", "new.yaml"))

    assert compare(old, new, Setting(as_of=dt.date(2026, 3, 1))) == ()
    assert before == DOCUMENT


PARAMETER = Element(kind=ElementKind.PARAMETER, name="page")
GONE: dict[str, tuple[dict[str, Any], str, set[str]]] = {
    # name: what the row names, the day, and the rules that speak of the removal of a parameter
    "on-the-day": ({"operations": ("GET /things",)}, "2026-07-01", {"request-parameter-removed-after-sunset"}),
    "of-all-operations": ({}, "2026-07-01", {"request-parameter-removed-after-sunset"}),
    "the-day-before": ({}, "2026-06-30", {"request-parameter-removed-before-sunset"}),
    "of-another-operation": ({"operations": ("GET /items",)}, "2026-07-01", {"request-parameter-removed"}),
}


@pytest.mark.parametrize("name", GONE)
def test_a_parameter_goes_when_its_life_is_over(name: str) -> None:
    """The removal of a parameter is weighed by its row in `[[lifecycle]]`, as that of an operation is."""
    names, day, expected = GONE[name]
    row = Part(name="x", place="lifecycle[0]", lifecycle=ENDS, elements=(PARAMETER,), **names)
    rules = replace(policy(PATH), lifecycles=(row,))
    old, new = copy.deepcopy(DOCUMENT), copy.deepcopy(DOCUMENT)
    old["paths"]["/things"]["parameters"] = [{"name": "page", "in": "query", "schema": {"type": "integer"}}]

    changes = compare(
        narrowed(old, rules, "v1", "old.yaml"),
        narrowed(new, rules, "v1", "new.yaml"),
        Setting(as_of=dt.date.fromisoformat(day)),
    )

    assert {each.rule.id for each in changes} == expected
