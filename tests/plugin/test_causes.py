"""One line of middleware breaks a promise on every operation, and a tired person reads one page about it."""

from __future__ import annotations

import itertools
import json
import os
import re
from typing import Any

import pytest

from tests.plugin.conftest import Start
from tests.plugin.sixty import KINDS, TODAY, sixty
from tests.plugin.small_api import SEED
from tests.thorough import sample

WIDTH = 80

KINDS_HELD = len(KINDS) if os.environ.get("APIVERSION_THOROUGH") else 2
"""Five operations each."""

FAULTS = {
    "notice-on-200": ["AV501 Deprecation is missing on every answer but 200"],
    "starts-with": [
        "AV204 a malformed version is accepted (every text that starts with a version that answers, in the header or path)",
    ],
    "bare-errors": ["AV401 no error wears the envelope 'error'"],
    "no-trace": ["AV701 X-Trace is missing on every error"],
    "gone-is-404": ["AV601 every method gets 404 after the sunset (header or path)"],
}


@pytest.mark.parametrize("fault", sample(FAULTS, 5))
def test_a_fault_is_told_on_one_page(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Its cause is a first line; the page has at most sixty lines of 80 columns, and the JSON report tells the same causes."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    same = (f"--hypothesis-seed={SEED}", "--apiversion-max-examples=1", "--apiversion-json=run.json")
    with sixty(pytester.path, fault, kinds=KINDS_HELD):
        result = pytester.runpytest_inprocess(f"--apiversion-today={TODAY}", "--apiversion-database=none", *same)

    lines = result.outlines
    page = lines[next(index for index, line in enumerate(lines) if "= API versions: Sixty =" in line) :]
    page = page[: next(index for index, line in enumerate(page) if "short test summary" in line)]
    told = [_heading(page, number) for number, line in enumerate(page) if re.match(r"AV\d{3} \S", line)]
    assert told == FAULTS[fault]
    assert sum(max(1, -(-len(line) // WIDTH)) for line in page) <= 60
    assert [line for line in page if len(line) > WIDTH and " " in line.strip()] == []
    (policy,) = json.loads((pytester.path / "run.json").read_text("utf-8"))["policies"]
    assert [f"{each['code']} {each['cause']}" for each in policy["causes"]] == told
    numbers = sorted(number for each in policy["causes"] for number in _numbers(each))
    assert numbers == list(range(len(policy["findings"])))


def _heading(page: list[str], number: int) -> str:
    """The first line of a cause, with what of it stands below."""
    rest = itertools.takewhile(lambda line: re.match(r"  (?!at {8})", line), page[number + 1 :])
    return " ".join([page[number], *map(str.strip, rest)])


def _numbers(cause: dict[str, Any]) -> list[int]:
    return [*cause["findings"], *(number for each in cause["also"] for number in _numbers(each))]


def test_processes_find_the_causes_that_one_finds(start: Start) -> None:
    """With pytest-xdist the page tells the same causes, in the same words and order, and FAILURES tells each once."""
    pytest.importorskip("xdist")
    small = start("failing")
    same = ("--hypothesis-seed=7", "--apiversion-max-examples=1", "--apiversion-json=run.json")
    alone, ours = small.run(*same), _causes(small.pytester)

    shared = small.spawn(*same, "--apiversion-database=none", "-n", "2", "--dist", "loadgroup")

    assert _causes(small.pytester) == ours
    for result in (alone, shared):
        said = result.stdout.str()
        failures = said[said.index("= FAILURES =") : said.index("= API versions: Small =")].splitlines()
        assert failures.count("AV402 every request gets 500") == 1


def _causes(pytester: pytest.Pytester) -> list[object]:
    (policy,) = json.loads((pytester.path / "run.json").read_text("utf-8"))["policies"]
    return [{name: each[name] for name in each if name != "findings"} for each in policy["causes"]]
