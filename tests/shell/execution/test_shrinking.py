"""The request behind a finding is made smaller against the live server, within a bound, and stays of its kind."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.finding import Finding
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.shell.generation.choices import Choosing
from pytest_apiversion.shell.generation.shrinker import shrink, step_by_step
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.shell.running import Result, run_target
from tests.shell.servers.kit import folder
from tests.shell.servers.odd import Odd
from tests.shell.servers.picky import BUGS, TELLS_THE_LEAST, picky
from tests.thorough import sample

SHRUNK = re.compile(r"from (\d+) to (\d+) bytes with (\d+) requests?")


def run(path: Path, odd: Odd, *, unsafe: bool = True, **limits: Any) -> Result:
    """What a run over an odd API says."""
    with serving(odd.app) as url:
        target = load_target(folder(path, odd.policy, odd.contracts), {"ODD_URL": url})
        return run_target(target, unsafe=unsafe, **{"max_examples": 20, "shrink": 100, **limits})


def told(result: Result) -> list[Finding]:
    """The findings of v1's operations about requests that the contract accepts; about others where there is none."""
    held = [outcome for outcome in result.outcomes if outcome.subject == "v1"]
    mine = [each for outcome in held for each in outcome.findings if each.operation == outcome.label]
    return [each for each in mine if "does not accept" not in each.summary] or mine


@TELLS_THE_LEAST
@pytest.mark.parametrize("name", sample(BUGS, 2))
def test_the_reported_request_is_the_smallest(name: str, tmp_path: Path) -> None:
    """Each bug that only some input shows is told with nothing but what it needs."""
    bug = BUGS[name]
    result = run(tmp_path, picky(name), subjects=("v1",))

    (finding,) = told(result)
    assert (finding.code, finding.operation) == (bug.code, bug.operation)
    assert bug.is_least(finding.reproduce)
    numbers = SHRUNK.fullmatch(finding.shrunk)
    assert numbers is not None
    before, after, spent = map(int, numbers.groups())
    assert after < before
    assert spent <= 100


@TELLS_THE_LEAST
def test_another_version_costs_one_request(tmp_path: Path) -> None:
    """What a finding was shrunk to in one version is asked first in the next."""
    result = run(tmp_path, picky("two-tags"))

    found = {each.version: each for each in result.findings if each.code == "AV302"}
    assert found["v2"].shrunk.endswith(" bytes with 1 request")
    assert BUGS["two-tags"].is_least(found["v2"].reproduce)


def test_an_honest_service_costs_nothing_more(tmp_path: Path) -> None:
    """Without a finding no request is spent."""
    result, without = (run(tmp_path, picky(), subjects=("v1",), max_examples=8, shrink=number) for number in (100, 0))

    assert result.said == without.said == []
    assert result.sent == without.sent


def test_what_every_request_shows_is_not_shrunk(tmp_path: Path) -> None:
    """A defect that does not depend on what was drawn is told by the shortest request, at no cost."""
    result, without = (
        run(tmp_path, picky("always"), subjects=("v1",), max_examples=4, shrink=number) for number in (100, 0)
    )

    assert [(each.code, each.shrunk) for each in told(result)] == [("AV301", "")]
    assert result.sent == without.sent


def test_nought_switches_it_off(tmp_path: Path) -> None:
    """With `shrink = 0` the shortest drawn request is told."""
    (finding,) = told(run(tmp_path, picky("owner-as-text"), subjects=("v1",), shrink=0))

    assert finding.shrunk == ""
    assert not BUGS["owner-as-text"].is_least(finding.reproduce)


def test_the_bound_holds(tmp_path: Path) -> None:
    """No more requests are spent than are allowed, and the smallest of them is told."""
    (finding,) = told(run(tmp_path, picky("large-size"), subjects=("v1",), shrink=6))

    numbers = SHRUNK.fullmatch(finding.shrunk)
    assert numbers is not None
    assert int(numbers[3]) == 6


def test_what_does_not_show_again_is_said(tmp_path: Path) -> None:
    """A defect that the same request does not show again is told as it was found, with these words."""
    (finding,) = told(run(tmp_path, picky("once"), subjects=("v1",)))

    assert finding.code == "AV402"
    assert finding.shrunk == "no: the same request, sent again, did not show it"


def test_nothing_unsafe_leaves_for_another_host(tmp_path: Path) -> None:
    """There, what is safe is shrunk and nothing else is sent."""
    odd = picky("negative-offset")
    result = run(tmp_path, odd, unsafe=False)

    assert BUGS["negative-offset"].is_least(told(result)[0].reproduce)
    assert {method for method, _ in odd.app.seen} <= SAFE_METHODS


@TELLS_THE_LEAST
def test_each_deletion_is_of_something_new(tmp_path: Path) -> None:
    """What may use its data up is asked about fresh data each time."""
    odd = picky("reason")
    run(tmp_path, odd, subjects=("v1",))
    without = picky("reason")
    run(tmp_path, without, subjects=("v1",), shrink=0)

    created = [each.app.seen.count(("POST", "/v1/notes")) for each in (odd, without)]
    assert created[0] > created[1]


WORDS = ["some", "words, of which", "one", "is longer", "than the others"]


def remade(value: list[str], choose: Choosing) -> list[str]:
    """A list of texts by choices."""
    chosen = [(choose.keep(), choose.text(text) if text else text) for text in value]
    return [text for stays, text in chosen if stays]


@pytest.mark.parametrize("engine", [shrink, step_by_step], ids=["hypothesis", "step-by-step"])
def test_without_the_means_of_hypothesis(engine: Any) -> None:
    """Where an old Hypothesis cannot be given a row to begin with, each choice is made simpler by itself."""
    found: list[list[str]] = []

    def shows(value: list[str]) -> bool:
        shown = any(len(text) > 9 and "," in text for text in value)
        found.extend([value] if shown else [])
        return shown

    engine(WORDS, remade, shows)

    best = min(found, key=lambda value: (len(value), sum(map(len, value))))
    assert [len(text) for text in best] == [10]


def test_what_does_not_show_is_left() -> None:
    """Where the value itself does not show it, nothing else is tried."""
    asked: list[list[str]] = []

    def shows(value: list[str]) -> bool:
        asked.append(value)
        return False

    shrink(WORDS, remade, shows)

    assert asked == [WORDS]
