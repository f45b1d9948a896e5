"""The five policies are held to themselves, offline, on the days around the ends of what they declare."""

from __future__ import annotations

import datetime as dt
import functools
import importlib

import pytest

from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.target.load import Target, load_target
from tests.detection.harness import CONTRACTS
from tests.detection.table import POLICIES

DAYS = {
    "girard": ("2026-01-14", "2026-01-15", "2026-12-16", "2027-01-14", "2027-01-15", "2027-09-01", "2028-10-01"),
    "moonborn": ("2026-11-15", "2026-11-16", "2027-04-16", "2027-05-15", "2027-05-16", "2028-02-29"),
    "augno": ("2026-05-31", "2026-06-01", "2027-01-30", "2027-02-28", "2027-03-01", "2027-09-01"),
    "vellocity": ("2025-11-30", "2025-12-01", "2026-06-01", "2026-06-30", "2026-07-01", "2026-11-20"),
    "aragora": ("2024-12-31", "2025-01-01", "2026-05-02", "2026-05-31", "2026-06-01", "2026-11-20"),
}
"""The day before the deprecation, the day of it, thirty days and one before the sunset, the day of it, and one after."""
TIMES = ("00:00:00", "23:59:59.999999")
TODAY = "2026-11-20"


@functools.cache
def target(policy: str) -> Target:
    """A policy with its contracts and its lock; its server is nowhere."""
    environment = importlib.import_module(f"tests.apps.{policy}").ENVIRONMENT
    return load_target(CONTRACTS / policy / "apiversion.toml", environment, base_url="http://nowhere.invalid")


def inspected(policy: str, day: str, time: str = "12:00:00") -> list[Outcome]:
    """What a policy and its files say by themselves at an instant."""
    at = dt.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=dt.UTC)
    return Runner(target=target(policy), run=Run(as_of=at)).policy_item()


@pytest.mark.parametrize(("policy", "day"), [(policy, day) for policy, days in DAYS.items() for day in (*days, TODAY)])
@pytest.mark.parametrize("time", TIMES)
def test_a_policy_agrees_with_itself(policy: str, day: str, time: str) -> None:
    """No finding on any of these days, in its first instant and in its last, and nothing promised that was not looked at."""
    outcomes = inspected(policy, day, time)
    looked = {(each.subject, code) for each in outcomes for code in each.tallies}
    promised = {(each.subject, code) for each in outcomes for code in each.promised if code.startswith("AV1")}

    assert [finding.summary for each in outcomes for finding in each.findings] == []
    assert promised <= looked


@pytest.mark.parametrize("policy", POLICIES)
def test_what_a_policy_promises_of_itself(policy: str) -> None:
    """The promises of the five texts are looked at: notice where a number is given, and the rest that they declare."""
    looked = {code for each in inspected(policy, TODAY) for code in each.tallies if code.startswith("AV1")}
    expected = {
        "girard": {"AV101", "AV103", "AV105", "AV106", "AV108", "AV109", "AV110", "AV111"},
        "moonborn": {"AV101", "AV103", "AV105", "AV106", "AV108", "AV109", "AV110", "AV111", "AV112"},
        "augno": {"AV101", "AV105", "AV107", "AV109", "AV110", "AV112"},
        "vellocity": {"AV103", "AV105", "AV106", "AV108", "AV109", "AV110", "AV112"},
        "aragora": {"AV101", "AV103", "AV105", "AV106", "AV108", "AV109", "AV110", "AV112"},
    }

    assert looked == expected[policy]


def test_only_aragora_waives() -> None:
    """The one contradiction that no reading removes is waived, with its reason on every page after the day."""
    notes = {policy: [note for each in inspected(policy, TODAY) for note in each.notes] for policy in POLICIES}

    assert [policy for policy, found in notes.items() if any("waived" in note for note in found)] == ["aragora"]


def test_it_needs_no_server() -> None:
    """The policy item of a whole policy opens no connection."""
    runner = Runner(target=target("girard"), run=Run(as_of=dt.datetime(2026, 11, 20, tzinfo=dt.UTC)))
    runner.policy_item()

    assert "transport" not in vars(runner)
