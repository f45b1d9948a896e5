"""Dates in a policy file that are tied to others: what follows from them, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.versions.lifecycle import After, Tie
from pytest_apiversion.core.versions.notice_period import Notice, Start
from pytest_apiversion.shell.policy_file.load import load_policy
from tests.shell.policies import ENVIRONMENT, WHOLE, write

_DATES = "deprecated = 2025-01-01\nsunset = 2026-06-01T00:00:00Z\n"
_ALIAS = 'prefix = "/api"\nsunset = 2026-03-01\n'


def read(folder: Path, dates: str, more: str = "", aliased: str = 'prefix = "/api"\n') -> Policy:
    """The policy of a whole file with these dates of `v1`, whose successor was released on 2025-01-01."""
    text = WHOLE.replace(_DATES, dates).replace(_ALIAS, aliased)
    return load_policy(write(folder, text + more), ENVIRONMENT)


def test_a_date_follows(tmp_path: Path) -> None:
    """A tie without `on` is the date; one date may follow from another that follows."""
    policy = read(
        tmp_path,
        'deprecated = { months = 1, after = "successor-released" }\nsunset = { months = 6, days = 3, after = "deprecated" }\n',
        aliased='prefix = "/api"\ndeprecated = { days = 1, after = "successor-released" }\n',
    )
    life = policy.versions["v1"].lifecycle

    assert (life.deprecated, life.sunset) == (dt.date(2025, 2, 1), dt.date(2025, 8, 4))
    assert life.ties == (), "a date that follows from a tie is not held to it"
    assert policy.aliases["unversioned"].lifecycle.deprecated == dt.date(2024, 1, 2)


def test_a_declared_date_stays(tmp_path: Path) -> None:
    """`on` is the date, whatever follows from the tie: a check holds it to that."""
    policy = read(tmp_path, 'sunset = { on = 2026-06-01T00:00:00Z, months = 6, after = "released" }\n')

    life = policy.versions["v1"].lifecycle
    assert life.sunset == dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    assert life.ties == (Tie(of="sunset", after=After.RELEASED, months=6, place="versions.v1.sunset"),)


def test_what_is_tied_for_all(tmp_path: Path) -> None:
    """`[notice]` ties the dates of everything that has a life; what ties a date itself goes before."""
    tied = '\n[notice]\nties = { deprecated = { after = "successor-released" }, sunset = { months = 12, after = "deprecated" } }\n'
    policy = read(
        tmp_path, 'deprecated = 2025-01-01\nsunset = { on = 2026-01-01, days = 365, after = "deprecated" }\n', tied
    )

    shared = Tie(of="deprecated", after=After.SUCCESSOR_RELEASED, place="notice.ties.deprecated")
    year = Tie(of="sunset", after=After.DEPRECATED, months=12, place="notice.ties.sunset")
    own = Tie(of="sunset", after=After.DEPRECATED, days=365, place="versions.v1.sunset")
    assert policy.versions["v1"].lifecycle.ties == (own, shared)
    assert policy.versions["v2"].lifecycle.ties == (shared, year)
    assert policy.lifecycles[0].lifecycle.ties == (shared, year)


def test_times_that_hold_together(tmp_path: Path) -> None:
    """`and` adds times; a version's own take the place of the API's, and a notice of nothing takes back all."""
    more = '\n[notice]\nmonths = 6\nand = [{ months = 12, from = "successor-released" }]\n'
    own = "notice = { days = 3, and = [{ minor_releases = 2 }] }\n"
    policy = read(tmp_path, f"{_DATES}{own}", more, 'prefix = "/api"\nnotice = { days = 0 }\n')

    place = "versions.v1.notice"
    assert policy.versions["v1"].notice == Notice(
        months=6, days=3, place=place, more=(Notice(minor_releases=2, place=f"{place}.and[0]"),)
    )
    year = Notice(months=12, start=Start.SUCCESSOR_RELEASED, place="notice.and[0]")
    assert policy.versions["v2"].notice == Notice(months=6, more=(year,))
    assert policy.aliases["unversioned"].notice is None


@pytest.mark.parametrize(
    ("dates", "mistake"),
    [
        pytest.param(
            'deprecated = { months = 6, after = "announced" }\n',
            "versions.v1.deprecated: expected the date on, or announced to count it from, got neither",
            id="nothing-to-count-from",
        ),
        pytest.param(
            'sunset = { months = 6, after = "deprecated" }\n',
            "versions.v1.sunset: expected the date on, or deprecated to count it from, got neither",
            id="not-deprecated",
        ),
        pytest.param(
            'deprecated = { months = 6, after = "deprecated" }\n',
            "versions.v1.deprecated.after: expected one of released, announced, successor-released, got",
            id="after-itself",
        ),
        pytest.param(
            'deprecated = { months = 6, after = "succesor-released" }\n',
            'did you mean "successor-released"?',
            id="misspelled",
        ),
        pytest.param(
            "sunset = { after = [], days = 3 }\n",
            "versions.v1.sunset.after: expected one of released, announced, deprecated, successor-released, got []",
            id="after-a-list",
        ),
        pytest.param(
            "sunset = { months = 6 }\n",
            "versions.v1.sunset.after: expected the date it is counted from, got nothing",
            id="after-nothing",
        ),
        pytest.param(
            'sunset = { month = 6, after = "released" }\n',
            'versions.v1.sunset.month: unknown key; did you mean "months"?',
            id="unknown-key",
        ),
        pytest.param(
            'sunset = { on = "soon", after = "released" }\n',
            'versions.v1.sunset.on: expected a date such as 2026-06-01, or a date-time with an offset, got "soon"',
            id="no-date",
        ),
        pytest.param(
            'sunset = { months = -1, after = "released" }\n',
            "versions.v1.sunset.months: expected a whole number from 0 to 10000, got -1",
            id="before",
        ),
        pytest.param(
            'deprecated = 2025-01-01\nsunset = { months = 6, after = "released" }\n',
            "versions.v1.sunset: expected a date not before deprecated (2025-01-01), got 2024-07-01",
            id="what-follows-is-too-early",
        ),
        pytest.param(
            f'{_DATES}notice = {{ and = [{{ from = "announced" }}] }}\n',
            "versions.v1.notice.and[0]: expected months, days or minor_releases, got none of them",
            id="a-further-time-of-nothing",
        ),
        pytest.param(
            f"{_DATES}notice = {{ and = 12 }}\n",
            "versions.v1.notice.and: expected a list of times, such as",
            id="no-times",
        ),
    ],
)
def test_what_is_refused(dates: str, mistake: str, tmp_path: Path) -> None:
    """A tie that gives no date, and one that cannot be read, are told with their place."""
    with pytest.raises(PolicyError) as raised:
        read(tmp_path, dates)

    assert mistake in str(raised.value)


def test_a_successor_without_a_release_gives_no_date(tmp_path: Path) -> None:
    """The name of the successor is told."""
    text = WHOLE.replace(_DATES, 'deprecated = { after = "successor-released" }\n').replace(
        "released = 2025-01-01\n", ""
    )

    with pytest.raises(PolicyError, match="or the release of v2 to count it from, got neither"):
        load_policy(write(tmp_path, text), ENVIRONMENT)


def test_requirements_may_name_a_tie(tmp_path: Path) -> None:
    """What holds a sentence of the published policy is a place of the file as it is written."""
    more = '\n[requirements]\nR-1 = { text = "A year to move.", by = ["AV113", "versions.v1.sunset.months"] }\n'
    policy = read(tmp_path, 'deprecated = 2025-01-01\nsunset = { months = 12, after = "deprecated" }\n', more)

    assert policy.requirements[0].id == "R-1"
