"""Notice, previews, SDKs and waivers in a policy file: what is read, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.maintenance import CheckWaiver, Previews, Sdk
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.versions.notice_period import Notice, Start
from pytest_apiversion.shell.policy_file.load import load_policy
from tests.shell.policies import ENVIRONMENT, WHOLE, write

MORE = """
[notice]
months = 6
minor_releases = 2
from = "announced"
reminders = [7, 30]

[previews]
expires = "on-next-stable"
max_age = { days = 90 }

[[sdks]]
name = "py"
release = "1.4.x"
api = "1.4.*"
version = "v1"
deprecated = 2025-01-01
sunset = 2026-06-01

[[waivers]]
check = "AV103"
version = "unversioned"
reason = "the keys leaked"
until = 2026-12-31
"""
"""What may stand beside everything else."""


def read(folder: Path, *changes: tuple[str, str]) -> Policy:
    """The policy of a whole file with these tables, some things in it said otherwise."""
    text = WHOLE + MORE
    for right, wrong in changes:
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    return load_policy(write(folder, text), ENVIRONMENT)


def test_what_is_said_is_read(tmp_path: Path) -> None:
    """Every key arrives; reminders come with the earliest first."""
    policy = read(tmp_path)

    assert policy.versions["v2"].notice == Notice(months=6, minor_releases=2, start=Start.ANNOUNCED)
    assert policy.aliases["unversioned"].notice == policy.versions["v2"].notice
    assert policy.reminders == (30, 7)
    assert policy.previews == Previews(expires="on-next-stable", max_age=Notice(days=90, place="previews.max_age"))
    day = dt.date(2025, 1, 1)
    end = dt.date(2026, 6, 1)
    assert policy.sdks == (
        Sdk(name="py", release="1.4.x", api="1.4.*", version="v1", deprecated=day, sunset=end, place="sdks[0]"),
    )
    assert policy.waivers == (
        CheckWaiver(
            check="AV103",
            version="unversioned",
            reason="the keys leaked",
            until=dt.date(2026, 12, 31),
            place="waivers[0]",
        ),
    )


def test_nothing_said_promises_nothing(tmp_path: Path) -> None:
    """Without the tables there is no notice, no reminder, no pin and no waiver; `from` alone gives no time either."""
    policy = load_policy(write(tmp_path, WHOLE + '\n[notice]\nfrom = "announced"\n'), ENVIRONMENT)

    assert {version.notice for version in policy.versions.values()} == {None}
    assert (policy.reminders, policy.sdks, policy.waivers) == ((), (), ())
    assert policy.previews == Previews()


def test_a_version_has_a_notice_of_its_own(tmp_path: Path) -> None:
    """What a version says stands over what is said for all; the rest is the API's."""
    policy = read(tmp_path, ('successor = "v2"', 'successor = "v2"\nnotice = { months = 12 }'))

    own = Notice(months=12, minor_releases=2, start=Start.ANNOUNCED, place="versions.v1.notice")
    assert policy.versions["v1"].notice == own


@pytest.mark.parametrize("own", ["{ days = 0 }", "{ months = 0 }", "{ months = 0, days = 0, minor_releases = 0 }"])
def test_a_version_may_promise_no_notice(own: str, tmp_path: Path) -> None:
    """A notice of nothing is none, whatever is promised of all; the other versions keep theirs."""
    policy = read(tmp_path, ('successor = "v2"', f'successor = "v2"\nnotice = {own}'))

    assert policy.versions["v1"].notice is None
    assert policy.versions["v2"].notice is not None


def test_a_notice_of_some_days_is_one(tmp_path: Path) -> None:
    """A count of 0 beside another takes back only its own."""
    policy = read(tmp_path, ('successor = "v2"', 'successor = "v2"\nnotice = { months = 0, days = 30 }'))

    own = Notice(days=30, minor_releases=2, start=Start.ANNOUNCED, place="versions.v1.notice")
    assert policy.versions["v1"].notice == own


def test_the_boundary_of_a_sunset_may_be_silence(tmp_path: Path) -> None:
    """Whether the file says what the day of a sunset is can be told from what follows where it does not."""
    said = read(tmp_path)
    silent = read(tmp_path, ('boundary = "end-of-day"\n', ""))

    assert [policy.lifecycle("v1").boundary_declared for policy in (said, silent)] == [True, False]
    assert [policy.lifecycle("unversioned").boundary_declared for policy in (said, silent)] == [True, False]


SLIPS = {
    "waiver-of-no-check": ('"AV103"', '"AV199"', "waivers[0].check: no check has this code"),
    "waiver-of-a-check-of-answers": (
        '"AV103"',
        '"AV301"',
        "waivers[0].check: expected the code of a check of the policy, such as AV103",
    ),
    "waiver-for-nobody": (
        'version = "unversioned"',
        'version = "unversoned"',
        'waivers[0].version: expected a declared version or alias, got "unversoned"; did you mean "unversioned"?',
    ),
    "waiver-without-a-reason": ('"the keys leaked"', '" "', "waivers[0].reason: expected some text that says why"),
    "waiver-without-an-end": ("until = 2026-12-31\n", "", "waivers[0].until: expected the last day it counts"),
    "waiver-until-soon": (
        "until = 2026-12-31",
        'until = "soon"',
        "waivers[0].until: expected a date such as 2026-06-01",
    ),
    "sdk-of-nobody": (
        'version = "v1"\ndeprecated',
        'version = "v7"\ndeprecated',
        "sdks[0].version: expected a declared version",
    ),
    "sdk-pinned-to-words": ('"1.4.*"', '"latest"', "sdks[0].api: expected what the SDK is pinned to"),
    "sdk-dates-out-of-order": (
        "deprecated = 2025-01-01\nsunset = 2026-06-01\n",
        "deprecated = 2026-07-01\nsunset = 2026-06-01\n",
        "sdks[0].sunset: expected a date not before deprecated",
    ),
    "no-months": ("months = 6", "months = 0", "notice.months: expected a whole number from 1 to 10000, got 0"),
    "notice-of-less-than-nothing": (
        'successor = "v2"',
        'successor = "v2"\nnotice = { days = -1 }',
        "versions.v1.notice.days: expected a whole number from 0 to 10000, got -1",
    ),
    "notice-from-yesterday": (
        '"announced"',
        '"yesterday"',
        "notice.from: expected one of released, announced, deprecated, ",
    ),
    "reminder-twice": ("[7, 30]", "[7, 7]", "notice.reminders: expected each entry once"),
    "preview-forever": ("on-next-stable", "never", "previews.expires: expected one of on-promotion, on-next-stable"),
    "preview-of-no-age": ("{ days = 90 }", "{}", "previews.max_age: expected a table with at least one entry"),
    "status-of-no-stage": (
        'successor = "v2"',
        'successor = "v2"\nstatus = "current"',
        "versions.v1.status: expected one of planned, preview, live, deprecated, sunset",
    ),
    "release-of-words": (
        'successor = "v2"',
        'successor = "v2"\ndeprecated_in = "two"',
        'versions.v1.deprecated_in: expected a release such as "2.1.0" or "2.1"',
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_one_mistake(name: str, tmp_path: Path) -> None:
    """One slip makes one message, which says where and what was expected."""
    right, wrong, told = SLIPS[name]

    with pytest.raises(PolicyError) as caught:
        read(tmp_path, (right, wrong))

    assert len(caught.value.mistakes) == 1, caught.value.mistakes
    assert told in caught.value.mistakes[0]
