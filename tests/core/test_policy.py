"""The policy's own sums: stages, milestones, answers, the operation map, status patterns."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.policy.requests import OperationRule
from pytest_apiversion.core.policy.responses import status_matches
from pytest_apiversion.core.versions.lifecycle import Boundary, Lifecycle, Stage, instant
from tests.checks.builders import ACCEPTS, ANSWERS, HEADER, PATH, V1, alias, policy, rejects
from tests.checks.builders import instant as at
from tests.checks.moments import MOMENTS

END = Boundary.END_OF_DAY


@pytest.mark.parametrize("name", MOMENTS)
def test_the_stage_at_an_instant(name: str) -> None:
    """A date has come when the instant is at or after it, to the microsecond, in UTC."""
    life, as_of, stage = MOMENTS[name]

    assert life.stage(at(as_of)) is stage


@pytest.mark.parametrize("stage", Stage, ids=lambda stage: stage.name.lower())
def test_what_answers(stage: Stage) -> None:
    """Previews, live and deprecated versions serve; planned and sunset ones do not."""
    assert stage.answers is (stage in {Stage.PREVIEW, Stage.LIVE, Stage.DEPRECATED})


DATES = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))


@settings(deadline=None)
@given(
    released=DATES,
    deprecated=DATES,
    sunset=DATES,
    boundary=st.sampled_from(Boundary),
    first=st.datetimes(),
    second=st.datetimes(),
)
def test_a_life_only_goes_on(
    released: dt.date, deprecated: dt.date, sunset: dt.date, boundary: Boundary, first: dt.datetime, second: dt.datetime
) -> None:
    """Whatever the dates, a later instant is never in an earlier stage, and service never returns after the sunset."""
    released, deprecated, sunset = sorted((released, deprecated, sunset))
    life = Lifecycle(released=released, deprecated=deprecated, sunset=sunset, boundary=boundary)
    order = [Stage.PLANNED, Stage.LIVE, Stage.DEPRECATED, Stage.SUNSET]
    earlier, later = sorted((first.replace(tzinfo=dt.UTC), second.replace(tzinfo=dt.UTC)))

    assert order.index(life.stage(earlier)) <= order.index(life.stage(later))


@settings(deadline=None)
@given(day=DATES)
def test_the_boundaries_are_a_day_apart(day: dt.date) -> None:
    """At the end-of-day boundary a sunset comes exactly 24 hours later: days are whole and in UTC."""
    assert instant(day, boundary=END) - instant(day) == dt.timedelta(days=1)
    assert instant(day).tzinfo is dt.UTC


@pytest.mark.parametrize(
    ("moment", "boundary", "begins"),
    [
        pytest.param(dt.date(2024, 2, 29), Boundary.START_OF_DAY, "2024-02-29T00:00:00+00:00", id="leap-day"),
        pytest.param(dt.date(2024, 2, 29), END, "2024-03-01T00:00:00+00:00", id="leap-day-end"),
        pytest.param(dt.date(2026, 12, 31), END, "2027-01-01T00:00:00+00:00", id="year-end"),
        pytest.param(at("2026-06-01T12:00:00+02:00"), END, "2026-06-01T10:00:00+00:00", id="instant-has-no-boundary"),
        pytest.param(dt.date(9999, 12, 31), END, "9999-12-31T23:59:59.999999+00:00", id="never"),
        pytest.param(
            at("9999-12-31T23:00:00-05:00"), END, "9999-12-31T23:59:59.999999+00:00", id="beyond-the-calendar"
        ),
    ],
)
def test_when_a_moment_begins(moment: dt.date, boundary: Boundary, begins: str) -> None:
    """A day begins at midnight UTC, or ends there; an instant is itself; what lies beyond the calendar is its end."""
    assert instant(moment, boundary=boundary).isoformat() == begins


def test_milestones_are_in_order() -> None:
    """What lies ahead is named in the order it comes, with the boundary applied to the sunset."""
    life = replace(V1, boundary=END)

    assert [(name, moment.date().isoformat()) for name, moment in life.milestones()] == [
        ("released", "2024-01-01"),
        ("deprecated", "2026-01-01"),
        ("sunset", "2027-01-02"),
    ]
    assert Lifecycle().milestones() == ()


def test_what_answers_at_an_instant() -> None:
    """The answering versions, oldest first; an alias has a life of its own."""
    rules = policy(aliases={"plain": alias(Lifecycle(sunset=dt.date(2026, 1, 1)))})

    assert rules.answering(at("2026-11-20")) == ("v1", "v2")
    assert rules.answering(at("2025-12-31")) == ("v1",)
    assert rules.answering(at("2028-01-01")) == ("v2", "v3")
    assert rules.stage("plain", at("2026-11-20")) is Stage.SUNSET


@pytest.mark.parametrize(
    ("carrier", "operation", "statuses"),
    [
        pytest.param(None, None, {404}, id="api"),
        pytest.param("path", None, {404}, id="carrier-without-its-own"),
        pytest.param("header", None, {406}, id="carrier"),
        pytest.param("header", "GET /things", {422}, id="operation"),
        pytest.param("header", "GET /others", {406}, id="operation-without-a-rule"),
        pytest.param("cookie", None, {404}, id="no-such-carrier"),
    ],
)
def test_the_nearest_answer_wins(carrier: str | None, operation: str | None, statuses: set[int]) -> None:
    """The operation's answer, else the carrier's, else the API's."""
    header = replace(HEADER, answers={"unknown": rejects(406)})
    rules = policy(PATH, header, operations={"GET /things": OperationRule(answers={"unknown": rejects(422)})})

    answer = rules.answer("unknown", carrier=carrier, operation=operation)

    assert answer is not None
    assert answer.statuses == statuses


def test_a_wrong_nobody_speaks_of_has_no_answer() -> None:
    """What is not declared is not promised; what accepts everything is an answer all the same."""
    assert policy().answer("conflicting") is None
    assert policy(answers={**ANSWERS, "conflicting": ACCEPTS}).answer("conflicting") is ACCEPTS


def test_the_operation_map() -> None:
    """A renamed operation is found both ways; one that ended has no counterpart; one the map does not know keeps its name."""
    rules = policy(renamed=({"v1": "POST /thing", "v2": "POST /things"}, {"v1": "GET /old"}))

    assert rules.counterpart("POST /thing", "v1", "v2") == "POST /things"
    assert rules.counterpart("POST /things", "v2", "v1") == "POST /thing"
    assert rules.counterpart("GET /old", "v1", "v2") is None
    assert rules.counterpart("GET /same", "v1", "v2") == "GET /same"


@pytest.mark.parametrize(
    ("status", "patterns", "matches"),
    [
        (404, ("404",), True),
        (404, ("4xx",), True),
        (404, ("4XX",), True),
        (404, ("*",), True),
        (404, ("200", "404"), True),
        (404, ("40",), False),
        (404, ("5xx",), False),
        (404, (), False),
        (404, ("4x",), False),
        (404, ("default",), False),
        (599, ("5xx",), True),
        (200, ("2xx", "404"), True),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "+".join(value) or "none",
)
def test_status_patterns(status: int, patterns: tuple[str, ...], matches: bool) -> None:  # noqa: FBT001  a table's column
    """A status is among patterns by number, by its hundred, or by `*`."""
    assert status_matches(status, patterns) is matches
