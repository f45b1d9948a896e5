"""Parts of versions: what a row covers, and how a part and its version live together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.core.policy.parts import Part, below, located_parts, within
from pytest_apiversion.core.versions.lifecycle import Lifecycle, Stage
from tests.checks.builders import V1, V2, contract, instant, operation, policy

DEPRECATED, SUNSET = dt.date(2027, 3, 1), dt.date(2027, 9, 1)
LIFE = Lifecycle(deprecated=DEPRECATED, sunset=SUNSET, place="lifecycle[0]")


def part(**changes: Any) -> Part:
    """A row about `GET /things`."""
    settings: dict[str, Any] = {"name": "GET /things", "place": "lifecycle[0]", "lifecycle": LIFE}
    return Part(**{**settings, "operations": ("GET /things",), **changes})


def test_a_prefix_is_whole_segments() -> None:
    """`/reports` covers itself and what is below it, and not `/reports-old`."""
    assert below("/reports", "/reports")
    assert below("/reports/{id}", "/reports")
    assert below("/reports/", "/reports/")
    assert not below("/reports-old", "/reports")


COVERED: dict[str, tuple[Part, dict[str, Any], bool]] = {
    # name: the row, what is special about `GET /things` of v2, and whether the row covers it
    "its-key": (part(), {}, True),
    "another-method": (part(operations=("POST /things",)), {}, False),
    "its-path": (part(operations=(), paths=("/things",)), {}, True),
    "its-tag": (part(operations=(), tags=("old",)), {"tags": ("new", "old")}, True),
    "no-tag-of-its": (part(operations=(), tags=("old",)), {"tags": ("new",)}, False),
    "its-version": (part(versions=frozenset({"v2"})), {}, True),
    "another-version": (part(versions=frozenset({"v1"})), {}, False),
    "neutral": (part(), {"neutral": True}, False),
    "marked": (part(operations=(), from_contract=True), {"deprecated": True}, True),
    "unmarked": (part(operations=(), from_contract=True), {}, False),
}


@pytest.mark.parametrize("name", COVERED)
def test_what_a_row_covers(name: str) -> None:
    """A row names operations, paths or tags, in the versions it names."""
    row, special, expected = COVERED[name]
    assert row.covers("v2", replace(operation("GET /things"), **special)) is expected


def test_marks_of_a_contract_are_a_life() -> None:
    """`x-deprecated-since` and `x-sunset` are the dates; an operation without them is deprecated, nobody says since when."""
    dated = replace(operation("GET /things"), deprecated=True, deprecated_since=DEPRECATED, sunset=SUNSET)
    bare = replace(operation("GET /things/{id}"), deprecated=True)
    row = part(name="marks", operations=(), from_contract=True, lifecycle=Lifecycle(place="lifecycle[0]"))

    found = located_parts([row], {"v1": contract("v1", dated, bare)})["v1"]

    assert found["GET /things"].lifecycle == LIFE
    assert found["GET /things/{id}"].lifecycle == Lifecycle(undated=True, place="lifecycle[0]")
    assert found["GET /things/{id}"].name == "GET /things/{id}"


def test_the_file_goes_before_the_contract() -> None:
    """What a row says of an operation counts, whatever its contract marks; and the first row that covers it."""
    marked = replace(operation("GET /things"), deprecated=True)
    rows = [part(operations=(), from_contract=True), part(place="lifecycle[1]"), part(place="lifecycle[2]")]

    assert located_parts(rows, {"v1": contract("v1", marked)})["v1"]["GET /things"].place == "lifecycle[1]"


def test_an_operation_of_the_same_version_takes_over() -> None:
    """A successor that names no version is of the version the part is of."""
    row = part(lifecycle=replace(LIFE, heir="GET /items"))
    found = located_parts([row], {"v2": contract("v2", operation("GET /things"))})
    rules = replace(policy(), parts=found).seen_by("v2", "GET /things")

    assert rules.heir("v2", "GET /things") == ("v2", "GET /items")


LIVES: dict[str, tuple[Lifecycle, Lifecycle, Lifecycle]] = {
    # name: the part's own life, its version's, and how it lives in it
    "in-a-version-that-lives-on": (LIFE, V2, replace(LIFE, released=V2.released)),
    "no-longer-than-its-version": (LIFE, V1, replace(V1, place="lifecycle[0]")),
    "undated-in-a-version-that-lives-on": (
        Lifecycle(undated=True, place="lifecycle[0]"),
        V2,
        Lifecycle(undated=True, released=V2.released, place="lifecycle[0]"),
    ),
    "shorter-than-its-version": (
        replace(LIFE, deprecated=dt.date(2026, 3, 1), sunset=dt.date(2026, 12, 1)),
        V1,
        replace(V1, sunset=dt.date(2026, 12, 1), place="lifecycle[0]"),
    ),
}


@pytest.mark.parametrize("name", LIVES)
def test_a_part_lives_within_its_version(name: str) -> None:
    """Nothing outlives its version, and what is deprecated as a whole is deprecated in all its parts."""
    own, whole, expected = LIVES[name]
    assert within(own, whole) == expected


STAGES = [("2027-02-28T23:59:59", Stage.LIVE), ("2027-03-01", Stage.DEPRECATED), ("2027-09-01", Stage.SUNSET)]


@pytest.mark.parametrize(("at", "stage"), STAGES)
def test_a_version_is_seen_by_its_operations(at: str, stage: Stage) -> None:
    """In the view of the operation that ends its version ends; in all others, and by itself, it lives on."""
    rules = replace(policy(), parts={"v2": {"GET /things": part()}})

    assert rules.seen_by("v2", "GET /things").stage("v2", instant(at)) is stage
    assert rules.seen_by("v1", "GET /things").stage("v2", instant(at)) is stage
    assert rules.seen_by("v2", "POST /things").stage("v2", instant(at)) is Stage.LIVE
    assert rules.stage("v2", instant(at)) is Stage.LIVE
    assert rules.seen_by("v2", "GET /things").seen_by("v2", "POST /things").stage("v2", instant(at)) is Stage.LIVE


def test_the_calendar_knows_parts() -> None:
    """The days of a part stand among those of its version, with the reminders before its end."""
    rules = replace(policy(), parts={"v2": {"GET /things": part()}}, reminders=(30,))

    assert [(what, f"{when:%F}") for what, when in rules.milestones("v2")][1:] == [
        ("GET /things deprecated", "2027-03-01"),
        ("GET /things reminder: 30 days to its sunset", "2027-08-02"),
        ("GET /things sunset", "2027-09-01"),
    ]
