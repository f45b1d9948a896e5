"""Every check finds the bug that was planted for it, and nothing else does."""

from __future__ import annotations

import io
import json
from collections import Counter
from contextlib import redirect_stdout

import pytest

from pytest_apiversion.shell.catalogue import checks
from tests.detection.__main__ import main
from tests.detection.harness import bugs_of, detect
from tests.detection.plants import PLANTS
from tests.detection.table import CURATED, HONEST, POLICIES, ROWS, Row

_EXAMPLES = 5
"""Requests drawn for each operation: half of what the policies ask for, so that the whole table fits into a test run."""


def _name(row: Row) -> str:
    return f"{row.policy}-{row.day}-{row.bug or 'honest'}"


@pytest.mark.parametrize("row", CURATED, ids=_name)
def test_planted_bug(row: Row) -> None:
    """A planted bug is found by exactly its own check."""
    detection = detect(row, examples=_EXAMPLES)
    assert detection.found == row.expected, "\n".join(detection.lines[:20])


@pytest.mark.parametrize("row", [row for row in HONEST if row.day == "2026-11-20"], ids=_name)
def test_honest_server(row: Row) -> None:
    """An honest server is held to its policy without a finding, by hundreds of requests."""
    detection = detect(row, examples=_EXAMPLES)
    assert detection.found == (), "\n".join(detection.lines[:20])
    assert detection.requests > 300


def test_every_check_has_a_bug() -> None:
    """Each check of the catalogue is the only one to find some bug of the short run."""
    assert {row.expected for row in CURATED} == {(check.code,) for check in checks()}


@pytest.mark.parametrize("policy", POLICIES)
def test_every_bug_has_a_row(policy: str) -> None:
    """The table has every bug of a server, each once, and those planted around it, and no other."""
    counted = Counter(row.bug for row in ROWS if row.policy == policy)
    around = {bug for name, bug in PLANTS if name == policy}
    assert set(counted) == {*bugs_of(policy), *around}
    assert set(counted.values()) == {1}


@pytest.mark.parametrize("row", [row for row in ROWS if not row.expected], ids=_name)
def test_silence_has_a_reason(row: Row) -> None:
    """Where no check is expected to speak, the table says why."""
    assert row.reason


def test_a_bug_nobody_has() -> None:
    """A misspelt bug is an error, not an honest server."""
    with pytest.raises(LookupError, match="girard has no bug no-such-bug"):
        detect(Row(policy="girard", bug="no-such-bug", day="2026-11-20"))


def test_json_is_a_list_and_nothing_else() -> None:
    """`--json` prints one list whose objects name the bug, its policy, and the codes expected and found."""
    out = io.StringIO()
    with redirect_stdout(out):
        status = main(["--json", "--jobs", "1", "--policy", "girard", "--bug", "sunset-code"])
    rows = json.loads(out.getvalue())
    assert status == 0
    assert [{name: row[name] for name in ("bug", "policy", "expected", "found")} for row in rows] == [
        {"bug": "sunset-code", "policy": "girard", "expected": ["AV602"], "found": ["AV602"]}
    ]


def test_an_unexpected_finding_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command ends with 1 when a bug is found by another check than the table says."""
    wrong = Row(policy="girard", bug="sunset-code", day="2027-01-15", expected=("AV601",))
    monkeypatch.setattr("tests.detection.__main__.ROWS", (wrong,))
    with redirect_stdout(io.StringIO()) as out:
        assert main(["--jobs", "1", "--bug", "sunset-code"]) == 1
    assert "NO" in out.getvalue()
