"""What this run wrote and what broke since is told as this run's own."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.core.http.messages import Request as Sent
from pytest_apiversion.core.policy.secrets import Secrets
from pytest_apiversion.shell.data.broken_readings import BrokenReadings
from pytest_apiversion.shell.data.ownership import Ownership
from tests.checks.builders import answers, contract, exchange, policy, response, scene
from tests.checks.builders import operation as operation_of
from tests.shell.openapi.test_odd import run as run_odd
from tests.shell.requests.test_no_harm import Ran, run
from tests.shell.servers.keeping import Kept
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    Api,
    by_path,
    document,
    error,
    json_object,
    operation,
    parameter,
    record,
    reply,
)
from tests.shell.servers.odd import Odd

TICKET = record(id={"type": "string"}, priority={"type": "string"})
NEW = {
    "type": "object",
    "properties": {"priority": {"type": "string", "minLength": 1, "maxLength": 8}},
    "required": ["priority"],
    "additionalProperties": False,
}
VERSIONS = ("v1", "v2")


def tickets(*, loose: bool, deletes: bool, shows: bool = False) -> Kept:
    """A list of tickets that cannot be shown once one of them has a priority that is no text.

    Args:
        loose: Whether such a ticket is taken.
        deletes: Whether there is a `DELETE`.
        shows: Whether it is shown all the same.
    """
    data: dict[str, Any] = {}
    api, numbers = Api(select=by_path(*VERSIONS)), itertools.count(700_001)

    @api.on("GET", "/tickets")
    def listing(_request: Request, _version: str) -> Response:
        return reply([_shown(*each, shows=shows) for each in data.items()])

    @api.on("POST", "/tickets")
    def create(request: Request, _version: str) -> Response:
        body = json_object(request)
        if body.keys() != {"priority"} or not _taken(body["priority"], loose=loose):
            raise error(422)
        key = f"t-{next(numbers)}"
        data[key] = body["priority"]
        shown = data[key] if isinstance(data[key], str) else "noted"
        return reply({"id": key, "priority": shown}, 201)

    @api.on("GET", "/tickets/{ticket}")
    def read(_request: Request, _version: str, ticket: str) -> Response:
        if ticket not in data:
            raise error(404)
        return reply(_shown(ticket, data[ticket], shows=shows))

    one = [parameter("ticket")]
    paths: dict[str, Any] = {
        "/tickets": {
            "get": operation({200: {"type": "array", "items": TICKET}}),
            "post": operation({201: TICKET}, body=NEW),
        },
        "/tickets/{ticket}": {"get": operation({200: TICKET}, parameters=one)},
    }
    if deletes:

        @api.on("DELETE", "/tickets/{ticket}")
        def delete(_request: Request, _version: str, ticket: str) -> Response:
            if data.pop(ticket, None) is None:
                raise error(404)
            return reply(status=204)

        paths["/tickets/{ticket}"]["delete"] = operation({204: None}, parameters=one)
    contract = document(paths)
    odd = Odd(app=api, policy=PATHS + ENVELOPE, contracts=dict.fromkeys(VERSIONS, contract))
    return Kept(odd, data, not deletes)


def _taken(priority: Any, *, loose: bool) -> bool:
    return (isinstance(priority, list) and loose) or (isinstance(priority, str) and 1 <= len(priority) <= 8)


def _shown(key: str, priority: Any, *, shows: bool) -> dict[str, Any]:
    if not isinstance(priority, str) and not shows:
        raise error(500, "crash")
    return {"id": key, "priority": priority}


def test_what_the_run_broke_is_told_as_its_own(tmp_path: Path) -> None:
    """A list that fails since an accepted body is named with that body, though the contract forbids it, and where it is; at the end too."""
    ran = run(tickets(loose=True, deletes=False), tmp_path, max_examples=12)
    texts = {each.text for each in ran.result.broken}

    assert any(
        each.startswith("GET /tickets succeeded before and gets 500 since this run's POST /tickets") for each in texts
    )
    assert any("though the contract does not allow it" in each for each in texts)
    assert any('{"priority":[' in each for each in texts), (
        "which of the bodies that are lists comes first is up to the threads"
    )
    assert any(", at /tickets/t-7" in each for each in texts)
    assert any("GET /tickets succeeded before and gets 500" in each for each in ran.notes)


def test_a_reading_that_shows_what_the_contract_forbids_repeats_the_write(tmp_path: Path) -> None:
    """Where a service takes a forbidden body and shows it for ever, the lines to paste begin with that body: without it they show nothing."""
    kept = tickets(loose=True, deletes=False, shows=True)
    found = [each for each in run_odd(kept.odd, tmp_path, max_examples=12).findings if "/priority" in each.summary]

    assert {each.operation for each in found} >= {"GET /tickets"}
    for each in found:
        if each.operation == "GET /tickets":
            first, last = each.reproduce.splitlines()[0], each.reproduce.splitlines()[-1]
            assert re.search(r"""--data-raw '\{"priority": ?\[""", first), each.reproduce
            assert "data" not in last


def test_a_fault_of_the_service_alone_rests_on_no_write() -> None:
    """What nobody wrote is repeated by its reading; so is what was written as the contract says."""
    contracts = {
        "v1": contract(
            "v1", operation_of("POST /tickets", body_schema=NEW), operation_of("GET /tickets", answers(TICKET))
        )
    }
    broken = BrokenReadings(contracts, Ownership(policy(), contracts), Secrets(values={}))
    for body in (b'{"priority": "high"}', b'{"priority": [1]}'):
        broken.took(Sent(method="POST", path="/v1/tickets", body=body), response(201, {}), succeeded=True)
    where = scene(policy(), "v1", contracts=contracts, key="GET /tickets")

    def rests(shown: Any) -> list[bytes | None]:
        (made,) = broken.with_writes([exchange(where, response(200, {"id": "t", "priority": shown}))])
        return [each.body for each in made.before]

    assert rests([1]) == [b'{"priority": [1]}']
    assert rests([2]) == rests("high") == []


def test_what_is_deleted_is_broken_no_more(tmp_path: Path) -> None:
    """Where the thing can be deleted, nothing is broken at the end, though it was told while it was."""
    ran = run(tickets(loose=True, deletes=True), tmp_path, max_examples=12)

    assert ran.result.broken == []
    assert any("GET /tickets succeeded before and gets 500" in each for each in ran.notes)


@pytest.mark.parametrize("deletes", [True, False])
def test_nothing_is_said_of_a_sound_service(tmp_path: Path, *, deletes: bool) -> None:
    """A service that refuses such bodies is told nothing of the kind."""
    ran: Ran = run(tickets(loose=False, deletes=deletes), tmp_path, max_examples=12)

    assert ran.said == []
    assert ran.result.broken == []
    assert not any("succeeded before" in each for each in ran.notes)


def test_what_was_written_shows_no_secret() -> None:
    """A body is masked before it is cut, in notes and in what is said at the end."""
    contracts = {"v1": contract("v1", operation_of("POST /tickets", body_schema=NEW), operation_of("GET /tickets"))}
    secrets = Secrets(values={"TOKEN": "kJ8vQz1xN5mRwT3yB7cD"})
    broken = BrokenReadings(contracts, Ownership(policy(), contracts), secrets)
    reading = Sent(method="GET", path="/v1/tickets")
    body = b'{"priority": "' + b"x" * 100 + b'kJ8vQz1xN5mRwT3yB7cD"}'
    broken.took(reading, response(200, []), succeeded=True)
    broken.took(Sent(method="POST", path="/v1/tickets", body=body), response(201, {}), succeeded=True)
    broken.took(reading, response(500, {}), succeeded=False)

    (found,) = broken.all()
    assert found.body.startswith('{"priority": "xxx')
    assert "kJ8v" not in str(found.to_dict())
