"""Each row of the table of what can be said makes a difference: what it says is held because of it, and of nothing else."""

from __future__ import annotations

import json
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.docs.policy_parts import stands_in, toml_of, without
from tests.docs.test_what_can_be_said import ROWS, SHOWN
from tests.lives.catalogue import LIVES
from tests.lives.kit import Life
from tests.shell.running import Result
from tests.thorough import sample

POLICY = "apiversion.toml"
ALLOWED = {"1.9": "2026-05-31", "3.5": "", "4.4": "", "6.2": "", "6.6": "", "10.1": "", "11.1": ""}
"""Rows that let a service do something, so that without them an honest one is told of it: on which day, where not on that of its bugs."""
_MARKED = ("[[lifecycle]]\nfrom_contract = true\n", "")
_NEWEST = ', envelope_of = "newest"'
BESIDE: dict[str, tuple[tuple[str, str], ...]] = {
    "1.2": (_MARKED,),
    "1.3": (_MARKED,),
    "1.10": (_MARKED,),
    "2.8": (('[[versions.v1.releases]]\nversion = "1.4.1"\nfrom = 2026-12-01\ncontract = "v1.4.1.json"\n', ""),),
    "4.3": tuple((f'"{code}"{_NEWEST}', f'"{code}"') for code in ("unknown", "malformed", "two")),
}
"""What else is taken out of a file, where it says the same as a row in another way."""


def reduced(number: str, life: Life, bug: str) -> tuple[Life, str]:
    """A service, and its policy without what a row says; with what a bug has wrong in the rest of it."""
    policy = life.policy
    for old, new in BESIDE.get(number, ()):
        assert old in policy
        policy = policy.replace(old, new)
    part = tomllib.loads(ROWS[number].toml.replace('"python"', json.dumps(sys.executable)))
    slips = dict(life.bugs[bug].slips)
    if POLICY in slips:
        slipped = policy.replace(*slips.pop(POLICY))
        if stands_in(part, tomllib.loads(slipped)):
            policy = slipped  # what is wrong in the row itself is not there without it
    bugs = {**life.bugs, bug: replace(life.bugs[bug], slips=slips)}
    return replace(life, bugs=bugs), toml_of(without(part, tomllib.loads(policy)))


@pytest.mark.parametrize("number", sample(SHOWN, 8))
def test_without_its_toml_a_row_is_not_held(number: str, tmp_path: Path) -> None:
    """Its first bug goes unseen then, or, where the row allows something, the honest service is told of that."""
    name, _, bugs = SHOWN[number].partition(": ")
    bug = bugs.split()[0]
    life, policy = reduced(number, LIVES[name], bug)
    day, codes = life.bugs[bug].day, ROWS[number].codes

    if number in ALLOWED:
        assert codes & life.run(tmp_path, ALLOWED[number] or day, policy=policy).codes
        return
    found = _told(life.run(tmp_path, day, bug, policy=policy), codes)
    if found:  # whatever the honest service is told without the row is none of the bug's
        assert found <= _told(life.run(tmp_path, day, policy=policy), codes)


def _told(result: Result, codes: frozenset[str]) -> set[tuple[str, str, str, str]]:
    """What checks said of which operation, whatever they received."""
    return {
        (each.code, each.version or "", each.operation or "", each.summary)
        for each in result.findings
        if each.code in codes
    }
