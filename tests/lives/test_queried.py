"""Operations that a policy names with a query: what is sent to them and to the rest, and what is wrong in such a name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import requests
from jsonschema import Draft202012Validator

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.pytest_plugin.contract_assertion import findings_of
from pytest_apiversion.shell.requests.case_selection import positive
from pytest_apiversion.shell.target.load import Target, load_target
from tests.lives.catalogue import LIVES
from tests.lives.kit import AFTER, WHILE, instant
from tests.lives.queried import ACTIONS, DOCUMENT, POLICY

LIFE = LIVES["queried"]


def _target(folder: Path, text: str = POLICY, **documents: Any) -> Target:
    return load_target(LIFE.write(folder, text, documents or None), {"ODD_URL": "http://127.0.0.1:9"})


def test_they_are_operations_beside_the_whole_one(tmp_path: Path) -> None:
    """Each has an item of its own; a skipped one has none, nor has a whole operation of which every request is named."""
    maps = LIVES["queried-maps"]
    (tmp_path / "maps").mkdir()
    other = load_target(maps.write(tmp_path / "maps"), {"ODD_URL": "http://127.0.0.1:9"})

    keys = ["GET /search", "GET /search?type=old", "GET /search?type=new"]
    assert [each.key for each in _target(tmp_path).operations("v1")] == keys
    assert [each.key for each in other.operations("v1")] == ["GET /ows?request=GetMap", "GET /ows?request=GetLegend"]
    assert other.policy.counterpart("GET /ows?request=GetMap", "v1", "v2") == "GET /map"


def test_their_requests_are_theirs(tmp_path: Path) -> None:
    """The whole operation is not asked for what another is named for; what both may be is asked of both."""
    with LIFE.serving(WHILE) as url:
        target = load_target(LIFE.write(tmp_path), {"ODD_URL": url}, as_of=instant(WHILE))
        runner = Runner(target=target, run=Run(as_of=instant(WHILE), seed=1))
        cases = {
            each.key: {dict(case.query).get("type") for case in positive(runner.trials.requests.cases("v1", each))}
            for each in target.operations("v1")
        }

    assert cases["GET /search?type=old"] == {"old"}
    assert cases["GET /search?type=new"] == {"new"}
    assert cases["GET /search"] <= {None, "all"}


def _refused(target: Target, key: str) -> list[Any]:
    """The cases of an operation that its contract refuses."""
    runner = Runner(target=target, run=Run(as_of=instant(WHILE), seed=1))
    operation = next(each for each in target.operations("v1") if each.key == key)
    return [case for case in runner.trials.requests.cases("v1", operation) if case.aim is Aim.REFUSED]


@pytest.mark.parametrize("action", ["start", "stop"])
def test_what_the_contract_refuses_is_sent_with_each_query(action: str, tmp_path: Path) -> None:
    """Wrong bodies are no less wrong where a query names the operation, and nobody else is left to be sent them."""
    jobs = LIVES["queried-jobs"]
    target = load_target(jobs.write(tmp_path), {"ODD_URL": "http://127.0.0.1:9"})
    cases = _refused(target, f"POST /jobs?action={action}")

    assert {case.query for case in cases} == {(("action", action),)}
    assert all(case.json is None or not _is_job(case.json) for case in cases)
    assert any(isinstance(case.json, dict) for case in cases)


def _is_job(value: Any) -> bool:
    return Draft202012Validator(
        ACTIONS["paths"]["/jobs"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    ).is_valid(value)


def test_the_whole_operation_is_refused_for_something_else(tmp_path: Path) -> None:
    """Its wrong requests have none of the queries that others are named with; nor are they right without."""
    cases = _refused(_target(tmp_path), "GET /search")

    assert cases
    assert all(dict(case.query).get("type") not in {"old", "new"} for case in cases)
    assert all(not _is_search(dict(case.query)) for case in cases)


def _is_search(query: dict[str, str]) -> bool:
    return (
        query.keys() <= {"type", "words"}
        and query.get("type", "all") in {"old", "new", "all"}
        and re.fullmatch("[a-z]{0,9}", query.get("words", "")) is not None
    )


def test_an_end_may_be_gone_from_the_contract(tmp_path: Path) -> None:
    """A row with a sunset holds the refusal of a value that the contract has forgotten."""
    forgotten = {**DOCUMENT, "paths": {"/search": {"get": {**DOCUMENT["paths"]["/search"]["get"]}}}}
    kind, words = forgotten["paths"]["/search"]["get"]["parameters"]
    forgotten["paths"]["/search"]["get"]["parameters"] = [{**kind, "schema": {"enum": ["new", "all"]}}, words]

    files: Any = {"documents": {"v1.json": forgotten}}
    assert LIFE.run(tmp_path, AFTER, **files).said == []
    assert LIFE.run(tmp_path, AFTER, "old-ends-a-day-late", **files).codes == {"AV601"}


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            'successor = "GET /search?type=new"',
            'successor = "GET /search?typ=new"',
            'lifecycle[0].successor: expected a query parameter of GET /search in v1.json, got "typ"; did you mean "type"?',
        ),
        (
            "GET /search?type=new",
            "GET /search?type=nwe",
            'expected a value of type of GET /search in any contract, got "nwe"; did you mean "new"?',
        ),
        (
            "GET /search?type=new",
            "GET /search?",
            'expected a query such as ?name=value behind GET /search, got "GET /search?"',
        ),
        (
            "GET /search?type=new",
            "GET /serch?type=new",
            'expected an operation of any contract, got "GET /serch?type=new"; did you mean "GET /search?type=new"?',
        ),
    ],
    ids=["parameter", "value", "nothing", "operation"],
)
def test_a_mistake_has_its_place_and_the_nearest_name(right: str, wrong: str, told: str, tmp_path: Path) -> None:
    """Parameters and values are those of the contract."""
    assert right in POLICY
    with pytest.raises(PolicyError) as caught:
        _target(tmp_path, wrong.join(POLICY.rsplit(right, 1)))

    assert any(told in mistake for mistake in caught.value.mistakes), caught.value.mistakes


@pytest.mark.parametrize(("query", "codes"), [("?type=old", {"AV501"}), ("?type=new", set()), ("", set())])
def test_a_suites_own_answer_is_held_as_the_operation_that_it_is_of(
    query: str, codes: set[str], tmp_path: Path
) -> None:
    """`assert_api_contract` tells by the query which operation an answer is of."""
    with LIFE.serving(WHILE, "old-is-silent") as url:
        target = load_target(LIFE.write(tmp_path), {"ODD_URL": url}, as_of=instant(WHILE))
        found = findings_of(target, requests.get(f"{url}/v1/search{query}", timeout=5), "v1", as_of=instant(WHILE))

    assert {each.code for each in found} == codes
