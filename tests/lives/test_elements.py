"""Parameters, members and values that end while their version lives on: told of where they are used, and nowhere else."""

from __future__ import annotations

import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.shell.catalogue.policy_schema import schema_text
from pytest_apiversion.shell.target.load import load_target
from tests.lives.elements import DOCUMENT, LIFE, POLICY
from tests.lives.kit import AFTER, WHILE

UNMARKED = copy.deepcopy(DOCUMENT)
del UNMARKED["paths"]["/things"]["get"]["parameters"][0]["deprecated"]


def test_a_contract_that_is_silent_is_found(tmp_path: Path) -> None:
    """`deprecation.documented`: a deprecated parameter is marked in the contract."""
    result = LIFE.run(tmp_path, WHILE, documents={"v1.json": UNMARKED})

    assert result.codes == {"AV315"}, result.said
    assert [each.summary for each in result.findings] == [
        "owner of GET /things is deprecated, and the contract of v1 does not say so"
    ]


def test_findings_name_what_was_used(tmp_path: Path) -> None:
    """Who reads a finding knows which part of the request it is about."""
    silent = LIFE.run(tmp_path, WHILE, "owner-is-silent").findings
    late = LIFE.run(tmp_path, AFTER, "ends-a-day-late").findings

    assert silent[0].expected.endswith("on the successes with owner of GET /things, which is deprecated")
    assert "owner=" in silent[0].request
    assert {each.summary for each in late} >= {
        "GET with owner of GET /things gets 200 after the sunset (path)",
        "GET with sort=age gets 200 after the sunset (path)".replace("sort=age", "query sort=age"),
        "answer /colour is still there after its sunset",
    }


MARKED = copy.deepcopy(DOCUMENT)
_OWNER = MARKED["paths"]["/things"]["get"]["parameters"][0]
_OWNER |= {"x-deprecated-since": "2026-06-01", "x-sunset": "2026-12-01"}
FROM_CONTRACT = """
[[lifecycle]]
from_contract = ["parameters", "request_members", "response_members"]
"""


def _policy(folder: Path, text: str, document: Any = None) -> Policy:
    documents = {"v1.json": DOCUMENT if document is None else document}
    return load_target(LIFE.write(folder, text, documents), {"ODD_URL": "http://127.0.0.1:9"}).policy


def test_a_contract_may_be_the_source(tmp_path: Path) -> None:
    """`deprecated: true` of parameters and members, with `x-deprecated-since` and `x-sunset`; by which kinds is said."""
    head = POLICY[: POLICY.index("[[lifecycle]]")]
    policy = _policy(tmp_path, head + FROM_CONTRACT, MARKED)

    lives = {key: [part.name for part in parts] for key, parts in policy.elements["v1"].items()}
    assert lives == {
        "GET /things": ["query owner of GET /things", "answer /*/colour of GET /things"],
        "POST /things": ["request /nick of POST /things", "answer /colour of POST /things"],
        "GET /things/{id}": ["answer /colour of GET /things/{id}"],
    }
    owner = policy.elements["v1"]["GET /things"][0].lifecycle
    assert [f"{what} {when:%F}" for what, when in owner.milestones()] == ["deprecated 2026-06-01", "sunset 2026-12-01"]
    assert policy.parts == {}
    assert ("query owner of GET /things sunset", dt.datetime(2026, 12, 1, tzinfo=dt.UTC)) in policy.milestones("v1")


def test_a_row_alone_may_be_a_table(tmp_path: Path) -> None:
    """`[lifecycle]` is its only row; mistakes in it have the place that the file has, and editors' schemas take it."""
    head = POLICY[: POLICY.index("[[lifecycle]]")]
    alone = _policy(tmp_path, f'{head}[lifecycle]\nfrom_contract = ["parameters"]\n')
    with pytest.raises(PolicyError) as caught:
        _policy(tmp_path, f"{head}[lifecycle]\nfrom_contrct = true\nsunset = 1\n")

    assert [part.name for part in alone.elements["v1"]["GET /things"]] == ["query owner of GET /things"]
    assert "lifecycle.from_contrct: unknown key" in caught.value.mistakes[0]
    assert any("lifecycle.sunset: expected a date" in mistake for mistake in caught.value.mistakes)
    jsonschema.validate({"from_contract": True}, json.loads(schema_text())["properties"]["lifecycle"])


WRONG: dict[str, tuple[str, str, str]] = {
    # name: what the file says, what it says instead, and what is told
    "parameter": (
        'operations = ["GET /things"]\nparameters = ["owner"]\ndeprecated = 2026-06-01\nsunset = 2026-12-01T00:00:00Z',
        'parameters = ["owners"]\nsunset = 2026-12-01T00:00:00Z',
        'lifecycle[0].parameters[0]: expected a parameter of v1.json, got "owners"; did you mean "owner"?',
    ),
    "place-of-parameter": (
        'in = "query"',
        'in = "header"',
        'lifecycle[1].parameters[0]: expected a parameter of v1.json, got "sort"; did you mean "sort"?',
    ),
    "no-place": ('in = "query"', 'in = "body"', "lifecycle[1].parameters[0]: expected the name of a parameter"),
    "member": (
        'request_members = ["/nick"]',
        'request_members = ["/nic"]',
        'lifecycle[2].request_members[0]: expected a member of request bodies of v1.json, got "/nic"; did you mean "/nick"?',
    ),
    "pointer": (
        'request_members = ["/nick"]',
        'request_members = ["nick"]',
        'lifecycle[2].request_members[0]: expected a JSON pointer such as "/owner", or a table with a pointer, got "nick"',
    ),
    "member-of-answers": (
        'operations = ["GET /things/{id}"]\nresponse_members = ["/colour"]\ndeprecated',
        'paths = ["/things"]\nresponse_members = ["/color"]\ndeprecated',
        'lifecycle[3].response_members[0]: expected a member of successes of v1.json, got "/color"; did you mean "/colour"?',
    ),
    "no-values": (
        'values = ["age"]',
        "values = []",
        "lifecycle[1].parameters[0]: expected the name of a parameter, or a table with a name",
    ),
    "kinds-of-marks": (
        'request_members = ["/nick"]\ndeprecated = 2026-06-01\nsunset = 2026-12-01T00:00:00Z',
        'from_contract = ["parameter"]',
        "lifecycle[2].from_contract: expected true or false, or a list of operations, parameters, request_members, response_members",
    ),
    "marks-and-names": (
        'request_members = ["/nick"]\n',
        'request_members = ["/nick"]\nfrom_contract = ["parameters"]\n',
        "lifecycle[2].from_contract: expected it without request_members and deprecated and sunset: the contracts say that",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_has_its_place_and_the_nearest_name(name: str, tmp_path: Path) -> None:
    """Parameters and members are those of the contracts; pointers, places and values have their form."""
    right, wrong, told = WRONG[name]
    assert right in POLICY
    with pytest.raises(PolicyError) as caught:
        _policy(tmp_path, POLICY.replace(right, wrong))

    assert len(caught.value.mistakes) == 1
    assert told in caught.value.mistakes[0]


def test_a_parameter_that_is_nearly_one_of_the_contract_is_told(tmp_path: Path) -> None:
    """What ends may be gone from the contract, and so its name refuses no file; one that is near to what is there is a slip, perhaps."""
    slip = POLICY.replace('parameters = ["owner"]', 'parameters = ["ownr"]')
    gone = POLICY.replace('parameters = ["owner"]', 'parameters = ["kept_by"]')

    def warned(text: str) -> list[str]:
        target = load_target(LIFE.write(tmp_path, text), {"ODD_URL": "http://127.0.0.1:9"})
        return [each for each in target.contracts["v1"].warnings if "lifecycle" in each]

    assert warned(slip) == [
        'lifecycle[0].parameters[0]: nothing of this kind in v1.json is called "ownr"; did you mean "owner"?'
    ]
    assert warned(gone) == []
    assert warned(POLICY) == []


def test_a_parameter_that_is_over_may_be_gone_from_the_contract(tmp_path: Path) -> None:
    """A row that names its operation and an end holds the refusal of what the contract has forgotten; it needs a value to ask with."""
    forgotten = copy.deepcopy(DOCUMENT)
    del forgotten["paths"]["/things"]["get"]["parameters"][0]
    named = POLICY.replace('parameters = ["owner"]', 'parameters = [{ name = "owner", values = ["me"] }]')

    files: Any = {"policy": named, "documents": {"v1.json": forgotten}}
    assert LIFE.run(tmp_path, AFTER, **files).codes == set()
    assert LIFE.run(tmp_path, AFTER, "ends-a-day-late", **files).codes == {"AV601"}
