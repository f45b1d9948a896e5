"""Every sentence of the five policies is answered: by checks that its policy file promises, or by a declaration that none can."""

from __future__ import annotations

import datetime as dt
import importlib
import re
from collections import Counter
from functools import cache

import pytest

from pytest_apiversion.core.checking.check import Scene
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.execution.judging import promised
from pytest_apiversion.shell.execution.runner import Run, Runner
from pytest_apiversion.shell.target.load import Target, load_target
from tests.detection.harness import CONTRACTS
from tests.detection.table import POLICIES
from tests.docs.blocks import ROOT

ROWS = {
    "augno": ("AUG", 23),
    "girard": ("GIR", 31),
    "moonborn": ("MOO", 32),
    "vellocity": ("VEL", 24),
    "aragora": ("ARA", 42),
}
"""How the sentences of each policy are numbered, from 01 on."""
NOT_CHECKABLE = frozenset(
    {
        "AUG-21",
        *("GIR-14", "GIR-21", "GIR-26", "GIR-31"),
        *("MOO-07", "MOO-12", "MOO-26", "MOO-32"),
        "VEL-24",
        *("ARA-41", "ARA-42"),
    }
)
"""Those that nobody can check from outside: mails, documentation, what clients and SDKs do."""
NOT_HELD = {
    "ARA-37": "to reach a limit would use up the quota",
}
"""Those that could be, and why they are declared all the same."""


@cache
def target(policy: str) -> Target:
    """A policy with its contracts, as if its server were on this machine."""
    environment = importlib.import_module(f"tests.apps.{policy}").ENVIRONMENT
    return load_target(CONTRACTS / policy / "apiversion.toml", environment, base_url="http://127.0.0.1:9")


def scenes(policy: str) -> list[Scene]:
    """What checks may look at, of every version, alias and operation, on both sides of every date the policy names."""
    found = target(policy)
    subjects = (*found.policy.versions, *found.policy.aliases)
    dates = {when for subject in subjects for _, when in found.policy.milestones(subject)}
    instants = sorted({at for when in dates for at in (when - dt.timedelta(seconds=1), when)})
    runners = [Runner(target=found, run=Run(as_of=at)) for at in instants]
    return [
        runner.scene(subject, operation)
        for runner in runners
        for subject in subjects
        for operation in (None, *runner.operations(subject))
    ]


@cache
def ever_promised(policy: str) -> frozenset[str]:
    """Codes of the checks the policy promises for something at some time."""
    everything = scenes(policy)
    return frozenset(check.code for check in checks() if any(promised(check, scene) for scene in everything))


@pytest.mark.parametrize("policy", POLICIES)
def test_every_row_is_answered_once(policy: str) -> None:
    """No sentence is missing, none is answered twice, and no number is made up."""
    prefix, count = ROWS[policy]
    made = target(policy).policy
    ids = Counter([row.id for row in made.requirements] + [row.id for row in made.declared])

    assert {name for name in ids if re.fullmatch(rf"{prefix}-\d\d", name)} == {
        f"{prefix}-{number:02}" for number in range(1, count + 1)
    }
    assert set(ids.values()) == {1}
    assert all(row.id.startswith(f"{prefix}-") for row in made.requirements)


@pytest.mark.parametrize("policy", POLICIES)
def test_what_can_be_checked_is(policy: str) -> None:
    """Only what nobody can check from outside is merely declared, and what says here why."""
    prefix, _ = ROWS[policy]
    declared = {row.id for row in target(policy).policy.declared if row.id.startswith(f"{prefix}-")}

    assert declared == {name for name in {*NOT_CHECKABLE, *NOT_HELD} if name.startswith(prefix)}


@pytest.mark.parametrize("policy", POLICIES)
def test_what_answers_a_row_is_promised(policy: str) -> None:
    """A check that answers a sentence is one the policy file promises: at some instant it has something to hold."""
    stale = {
        row.id: missing
        for row in target(policy).policy.requirements
        if (missing := sorted(set(row.codes) - ever_promised(policy)))
    }

    assert stale == {}


def test_the_page_has_every_row() -> None:
    """The page of the reference names each sentence once, with what answers it."""
    page = (ROOT / "docs" / "reference" / "requirements.md").read_text("utf-8")
    rows = re.findall(r"^\| `([A-Z]{3}-\d\d)` \| (.+) \| (.+) \|$", page, flags=re.MULTILINE)

    assert Counter(name for name, *_ in rows) == {
        f"{prefix}-{number:02}": 1 for prefix, count in ROWS.values() for number in range(1, count + 1)
    }
    assert all(held for _, _, held in rows)


def test_the_page_of_costs_has_every_check() -> None:
    """Each check has its row of numbers, or stands among those that asked nothing; `python -m benchmarks request-costs --write` counts anew."""
    text = (ROOT / "docs" / "reference" / "request-costs.md").read_text("utf-8")

    assert Counter(re.findall(r"^(?:\| |- )(AV\d{3}) ", text, flags=re.MULTILINE)) == Counter(
        check.code for check in checks()
    )
