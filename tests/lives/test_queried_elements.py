"""What `[[lifecycle]]` says of parameters and members of operations that are named with a query."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.shell.target.load import load_target
from tests.lives.queried_elements import DOCUMENT, LIFE, POLICY

HEAD = POLICY[: POLICY.index("[[lifecycle]]")]
OLD = '[[lifecycle]]\noperations = ["GET /search?type=old"]\n'
WHOLE = '[[lifecycle]]\noperations = ["GET /search"]\n'


def _policy(folder: Path, rows: str, document: Any = None) -> Policy:
    documents = {"v1.json": DOCUMENT if document is None else document}
    return load_target(LIFE.write(folder, HEAD + rows, documents), {"ODD_URL": "http://127.0.0.1:9"}).policy


def _lives(policy: Policy) -> dict[str, list[str]]:
    return {key: [part.place for part in parts] for key, parts in policy.elements["v1"].items()}


def test_what_has_no_end_yet_is_looked_for_in_the_whole_operation(tmp_path: Path) -> None:
    """The contract describes the parameters of requests with a query where it describes those of the operation."""
    policy = _policy(tmp_path, OLD + 'parameters = ["owner"]\ndeprecated = 2026-06-01\n')

    assert _lives(policy) == {"GET /search?type=old": ["lifecycle[0]"]}


@pytest.mark.parametrize("order", [1, -1], ids=["before-it", "behind-it"])
def test_what_is_said_of_a_query_goes_before_what_is_said_of_the_whole(order: int, tmp_path: Path) -> None:
    """Of one parameter, and of the same values of it; a row about other values stands beside it."""
    rows = [
        OLD + 'parameters = ["owner"]\nsunset = 2027-06-01\n',
        WHOLE + 'parameters = ["owner", { name = "sort", values = ["age"] }]\nsunset = 2026-12-01\n',
    ]
    lives = _policy(tmp_path, "".join(rows[::order])).elements["v1"]

    assert [
        (each.title, f"{part.lifecycle.sunset}") for part in lives["GET /search?type=old"] for each in part.elements
    ] == [
        ("owner", "2027-06-01"),
        ("sort=age", "2026-12-01"),
    ]
    assert [each.title for part in lives["GET /search"] for each in part.elements] == ["owner", "sort=age"]


def test_what_the_contract_has_forgotten_ends_for_every_query(tmp_path: Path) -> None:
    """A row about the whole operation is about those of its requests that a rule names."""
    forgotten = copy.deepcopy(DOCUMENT)
    del forgotten["paths"]["/search"]["get"]["parameters"][1]
    named = '[operations.rules."GET /search?type=new"]\nadditions = false\n'
    policy = _policy(tmp_path, f'{named}{WHOLE}parameters = ["owner"]\nsunset = 2026-12-01\n', forgotten)

    assert _lives(policy) == {"GET /search": ["lifecycle[0]"], "GET /search?type=new": ["lifecycle[0]"]}


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        (
            '["ownr"]',
            'lifecycle[0].parameters[0]: expected a parameter of v1.json, got "ownr"; did you mean "owner"?',
        ),
        (
            '["owner", "type"]',
            'lifecycle[0].parameters[1]: expected a parameter that GET /search?type=old is not named with, got "type"',
        ),
        (
            '[{ name = "type", in = "query", values = ["old"] }]',
            'lifecycle[0].parameters[0]: expected a parameter that GET /search?type=old is not named with, got "type"',
        ),
    ],
    ids=["no-parameter", "what-names-it", "its-value"],
)
def test_a_mistake_has_its_place(parameters: str, told: str, tmp_path: Path) -> None:
    """Parameters are those of the operation, without the one that tells its requests from others: where that ends, the operation does."""
    with pytest.raises(PolicyError) as caught:
        _policy(tmp_path, f"{OLD}parameters = {parameters}\ndeprecated = 2026-06-01\n")

    assert [each.partition(": ")[2] for each in caught.value.mistakes] == [told]
