"""Brownouts: windows before the end in which the answers after it are due."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.versions.lifecycle import Brownout, Lifecycle, Stage
from pytest_apiversion.shell.target.load import load_target
from tests.lives.brownouts import DAY, HOURS, LIFE, POLICY, WITHIN
from tests.lives.kit import instant

STAGES = {
    # instant: the stage of a version with brownouts
    "2026-02-28": Stage.LIVE,
    "2026-09-15T09:59:59": Stage.DEPRECATED,
    "2026-09-15T10:00:00": Stage.SUNSET,
    "2026-09-15T13:59:59": Stage.SUNSET,
    "2026-09-15T14:00:00": Stage.DEPRECATED,
    "2026-10-20": Stage.SUNSET,
    "2026-10-21": Stage.DEPRECATED,
    "2026-12-01": Stage.SUNSET,
}


@pytest.mark.parametrize("when", STAGES)
def test_the_first_instant_is_in_it_and_the_last_is_not(when: str) -> None:
    """A window begins with its first instant and is over at its end, when the version serves again."""
    life = Lifecycle(
        deprecated=dt.date(2026, 3, 1),
        sunset=dt.date(2026, 12, 1),
        brownouts=(Brownout(begins=HOURS[0], ends=HOURS[1]), Brownout(begins=DAY[0], ends=DAY[1])),
    )

    assert life.stage(instant(when)) is STAGES[when]


def test_brownouts_are_in_the_calendar(tmp_path: Path) -> None:
    """Each begins and ends on a line of its own, of a version and of a part; offline nothing changes in one."""
    target = load_target(LIFE.write(tmp_path), {"ODD_URL": "http://127.0.0.1:9"})

    told = {name: [f"{when:%m-%dT%H} {what}" for what, when in target.policy.milestones(name)] for name in ("v1", "v2")}
    assert told == {
        "v1": [
            "03-01T00 deprecated",
            "09-15T10 brownout begins",
            "09-15T14 brownout ends",
            "10-20T00 brownout begins",
            "10-21T00 brownout ends",
            "12-01T00 sunset",
        ],
        "v2": [
            "03-01T00 GET /reports deprecated",
            "10-20T00 GET /reports brownout begins",
            "10-21T00 GET /reports brownout ends",
            "12-01T00 GET /reports sunset",
        ],
    }


def test_the_status_that_is_documented_is_that_of_the_days_around_it(tmp_path: Path) -> None:
    """`status = "deprecated"` is right in a brownout, too."""
    policy = POLICY.replace('successor = "v2"', 'successor = "v2"\nstatus = "deprecated"')

    result = LIFE.run(tmp_path, WITHIN, policy=policy)

    assert result.said == []
    assert "AV102" in result.exercised("v1")


def test_a_finding_says_that_it_is_a_brownout(tmp_path: Path) -> None:
    """Who reads it knows why 410 was due, and until when."""
    findings = LIFE.run(tmp_path, WITHIN, "serves-all-the-time").findings

    assert findings[0].summary == "GET gets 200 during a brownout (path)"
    assert findings[0].expected == (
        "410: v1 is interrupted: the brownout from 2026-09-15T10:00:00Z until 2026-09-15T14:00:00Z"
    )


FROM = "{ from = 2026-09-15T10:00:00Z, until = 2026-09-15T14:00:00Z }"
WRONG = {
    # name: what stands instead of the first window of v1, and what is told
    "no-beginning": ("{ until = 2026-09-15 }", "versions.v1.brownouts[0].from: expected its first instant; a date is"),
    "no-moment": ('{ from = "soon" }', "versions.v1.brownouts[0].from: expected a date such as 2026-06-01"),
    "no-end": (
        "{ from = 2026-09-15T10:00:00Z }",
        "versions.v1.brownouts[0].until: expected an instant at which it serves again",
    ),
    "end-first": (
        "{ from = 2026-09-15T10:00:00Z, until = 2026-09-15T10:00:00Z }",
        "versions.v1.brownouts[0].until: expected an instant after from (2026-09-15T10:00:00Z), got 2026-09-15T10:00:00Z",
    ),
    "after-the-sunset": (
        "{ from = 2026-09-15, until = 2026-12-02 }",
        "versions.v1.brownouts[0]: expected a window that is over by the sunset (2026-12-01), got one until 2026-12-02",
    ),
    "out-of-order": (
        "{ from = 2026-11-15 }",
        "versions.v1.brownouts[1].from: expected the windows in their order, each after the one before it (2026-11-16), got 2026-10-20",
    ),
    "unknown-key": ("{ form = 2026-09-15 }", 'versions.v1.brownouts[0].form: unknown key; did you mean "from"?'),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_window_that_is_none_is_a_mistake(name: str, tmp_path: Path) -> None:
    """One message, with the place and what was expected."""
    wrong, told = WRONG[name]
    with pytest.raises(PolicyError) as caught:
        load_target(LIFE.write(tmp_path, POLICY.replace(FROM, wrong)), {"ODD_URL": "http://127.0.0.1:9"})

    assert len(caught.value.mistakes) == 1, caught.value.mistakes
    assert told in caught.value.mistakes[0]
