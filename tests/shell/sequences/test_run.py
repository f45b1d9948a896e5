"""The life of one thing: which things there are, what is sent, and what it shows on a server that has a store."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import Contract, Link, Operation, ResponseSpec
from pytest_apiversion.core.contracts.resource import Resource
from pytest_apiversion.core.contracts.round_trip import After
from pytest_apiversion.core.policy.sequences import Sequences
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.pytest_plugin.sequence_items import sequence_items
from pytest_apiversion.shell.sequences.plan import resources_of
from pytest_apiversion.shell.sequences.run import Sequence
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.checks.builders import NOW, contract, operation, policy
from tests.detection.harness import planted
from tests.detection.table import Row
from tests.plugin.small_api import SECRET, TODAY, small_api, write_suite
from tests.shell.running import Foreign
from tests.shell.servers import chains
from tests.shell.servers.kit import folder

BODY = {"type": "object"}


def creating(path: str, *, status: str = "201", **changes: Any) -> Operation:
    """An operation that takes a body."""
    return operation(f"POST {path}", ResponseSpec(status=status), body_schema=BODY, **changes)


def only(*operations: Operation) -> list[str]:
    """What can be followed in a contract of these operations, in words: creates, reads, lists, changes, deletes."""
    found = resources_of(policy(), {"v2": contract("v2", *operations)}, NOW)["v2"]
    return [_told(each) for each in found]


def _told(resource: Resource) -> str:
    others = (resource.listing, *resource.updates, resource.delete)
    return ", ".join(each.key for each in (resource.create, resource.read, *others) if each is not None)


READ, LIST = operation("GET /things/{id}"), operation("GET /things")
PUT = operation("PUT /things/{id}", body_schema=BODY)
DELETE = operation("DELETE /things/{id}", ResponseSpec(status="204"))
LINK = Link(status="201", target="readIt", parameters={"key": "$response.body#/key"})

FOUND = {
    "all-of-it": (
        [creating("/things"), LIST, READ, PUT, DELETE],
        "POST /things, GET /things/{id}, GET /things, PUT /things/{id}, DELETE /things/{id}",
    ),
    "created-and-read": ([creating("/things"), READ], "POST /things, GET /things/{id}"),
    "a-slash-at-the-end": ([creating("/things/"), READ], "POST /things/, GET /things/{id}"),
    "read-where-its-kind-is": (
        [creating("/orders/{order}/things"), READ],
        "POST /orders/{order}/things, GET /things/{id}",
    ),
    "singular-and-plural": (
        [creating("/thing"), operation("GET /thing/{id}"), LIST],
        "POST /thing, GET /thing/{id}, GET /things",
    ),
    "only-accepted": ([creating("/things", status="202"), READ], "POST /things, GET /things/{id}"),
    "by-a-link": (
        [creating("/make", links=(LINK,)), operation("GET /made/{key}", operation_id="readIt")],
        "POST /make, GET /made/{key}",
    ),
}
NOT_FOUND = {
    "nothing-reads-it": [creating("/things"), LIST],
    "takes-nothing": [operation("POST /things"), READ],
    "of-no-version": [dataclasses.replace(creating("/things"), neutral=True), READ],
    "another-kind": [creating("/searches"), READ],
}


@pytest.mark.parametrize("name", FOUND)
def test_what_can_be_followed(name: str) -> None:
    """Links, paths and names tell what reads, lists, changes and deletes what was created."""
    operations, words = FOUND[name]

    assert only(*operations) == [words]


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_cannot_be_followed(name: str) -> None:
    """What is not created now, or read by nothing, has no life to follow."""
    assert only(*NOT_FOUND[name]) == []


def test_only_neighbours_are_asked() -> None:
    """Of many versions that have the same thing, the next older and the next newer read it: the cost stays linear."""
    every = contract("v2", creating("/things"), READ)
    contracts: dict[str, Contract] = {"v1": every, "v2": every}

    found = resources_of(policy(), contracts, NOW)

    assert {name: [*each.elsewhere] for name, (each,) in found.items()} == {"v1": ["v2"], "v2": ["v1"]}


@pytest.fixture
def small(tmp_path: Path) -> Any:
    """Runs the sequences of the small API, with bugs and settings, and gives what was found and what was sent."""

    def run(*bugs: str, runner: type[Runner] = Runner, **settings: Any) -> tuple[list[Outcome], list[str]]:
        with small_api(*bugs) as (api, url):
            target = load_target(write_suite(tmp_path), {"SMALL_URL": url, "SMALL_TOKEN": SECRET})
            said = dataclasses.replace(target.policy, sequences=Sequences(**settings))
            made = runner(
                target=dataclasses.replace(target, policy=said),
                run=Run(as_of=dt.datetime.fromisoformat(f"{TODAY}T00:00Z")),
            )
            try:
                return [each for v in ("v1", "v2") for _, held in sequence_items(made, v) for each in held()], [
                    request.partition("?")[0] for request in api.requests
                ]
            finally:
                made.close()

    return run


def test_a_thing_is_created_read_and_listed(small: Any) -> None:
    """What the small API keeps is shown as it was sent, an odd text too, and nothing is sent that the contract does not have."""
    found, sent = small(read_your_writes=True)

    assert [each.findings for each in found] == [(), ()]
    assert [(each.subject, each.label, each.tallies["AV318"]) for each in found] == [
        ("v1", "sequence /things", 5),
        ("v2", "sequence /things", 5),
    ]
    assert sent == [
        *("POST /v1/things", "GET /v1/things/t4000001", "GET /v1/things"),
        *("POST /v1/things", "GET /v1/things/t4000002"),
        *("POST /v2/things", "GET /v2/things/t4000003", "GET /v2/things"),
        *("POST /v2/things", "GET /v2/things/t4000004"),
    ]


def test_a_read_is_repeated_after_its_write(small: Any) -> None:
    """The lines to paste have the write before the read, and no secret."""
    found, _ = small("nameless", listed=True)

    (finding,) = [each for outcome in found for each in outcome.findings if each.code == "AV318"]
    write, read = finding.reproduce.splitlines()
    assert "/v2/things -H " in write
    assert "--data-raw" in write
    assert "/v2/things?limit=" in read
    assert SECRET not in finding.reproduce


def test_neighbours_are_held_beside(small: Any) -> None:
    """What is asked of another version is that version's own outcome, and none of its items."""
    found, _ = small(across=True)

    assert [(each.subject, each.own, each.tallies.get("AV320")) for each in found] == [
        ("v1", True, None),
        ("v2", False, 1),
        ("v2", True, None),
        ("v1", False, 1),
    ]


def test_a_renamed_member_is_followed_under_its_other_name() -> None:
    """What v1 calls the topic is looked for as the task of v2, as the policy's map of members says."""
    with planted(Row(policy="aragora", bug="", day="2026-04-01")) as make:
        runner = make(1, 2)
        (debate,) = runner.resources["v1"]
        sequence = Sequence(requests=runner.trials.requests, scene=runner.scene, subject="v1", resource=debate)
        sequence.run()

    told = [each.follows for each in sequence.exchanges if each.version == "v2" and each.follows]
    due = [each.members for each in told if each.after is not After.DELETED]
    assert [{"task", "rounds"} <= members.keys() for members in due] == [True]


def test_every_exchange_meets_every_judge(small: Any) -> None:
    """A sequence is judged like any other exchange: here for the notice that v1 owes."""
    found, _ = small("no-notice")

    assert {finding.code for each in found for finding in each.findings} == {"AV501"}


def test_what_cannot_be_made_is_said(small: Any) -> None:
    """Where nothing can be created, a note says so, and nothing is claimed."""
    found, _ = small("failing", read_your_writes=True)

    assert {note for each in found for note in each.notes} == {
        "no sequence: POST /things created nothing that could be read"
    }
    assert {finding.code for each in found for finding in each.findings} == {"AV402"}


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param({"runner": Foreign}, id="another-machine"),
        pytest.param({"read_your_writes": False, "listed": False, "gone_after_delete": False}, id="switched-off"),
    ],
)
def test_nothing_is_written_where_nothing_may_be(small: Any, arguments: dict[str, Any]) -> None:
    """No item, and no request."""
    assert small(**arguments) == ([], [])


def test_what_was_created_below_another_thing_is_deleted_again(tmp_path: Path) -> None:
    """The parent is existing data; what the sequence made is gone at its end."""
    odd = chains.nested()
    with serving(odd.app) as url:
        target = load_target(
            folder(tmp_path, odd.policy, odd.contracts), {"ODD_URL": url + odd.prefix, "ODD_TOKEN": "odd-token"}
        )
        runner = Runner(target=target, run=Run(as_of=NOW))
        versions = list(runner.policy.versions)
        found = [each for v in versions for _, held in sequence_items(runner, v) for each in held()]
        runner.close()

    assert found
    assert [finding for each in found for finding in each.findings] == []
