"""What is drawn for what is hardly asked: a version that does not answer any more, an operation another one needs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.contracts.contract import Operation
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.shell.execution.after_sunset import after_sunset
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.requests.contract_requests import ContractRequests
from pytest_apiversion.shell.target.load import load_target

_POLICY = """
[api]
name = "Ended"
base_url = "http://127.0.0.1:9"

[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/{version}" }

[requests]
max_examples = 4

[sunset]
status = 410

[versions.v1]
contract = "v1.json"
sunset = 2022-01-01
successor = "v2"

[versions.v2]
contract = "v2.json"
"""
_BODY = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 9}}}
_LIST = {"schema": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}}
_GET = {
    "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 9}}],
    "responses": {"200": {"description": "", "content": {"application/json": _LIST}}},
}
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
_POST = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": _BODY}}},
    "responses": {"201": {"description": ""}},
}
_ONE = {
    "get": {"responses": {"200": {"description": ""}}},
    "patch": {**_POST, "responses": {"200": {"description": ""}}},
    "delete": {"parameters": _GET["parameters"], "responses": {"204": {"description": ""}}},
}


def _runner(folder: Path) -> Runner:
    for version in ("v1", "v2"):
        document = {
            "openapi": "3.1.0",
            "info": {"title": "Ended", "version": version},
            "servers": [{"url": f"/{version}"}],
            "paths": {"/things": {"post": _POST, "get": _GET}, "/things/{id}": {"parameters": [_ID], **_ONE}},
        }
        (folder / f"{version}.json").write_text(json.dumps(document), "utf-8")
    (folder / "apiversion.toml").write_text(_POLICY, "utf-8")
    as_of = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    return Runner(target=load_target(folder / "apiversion.toml", {}), run=Run(as_of=as_of, seed=1))


def _post(runner: Runner, version: str) -> Operation:
    return next(each for each in runner.operations(version) if each.method == "POST")


def _asking(runner: Runner, answer: Callable[[Request], Response]) -> ContractRequests:
    """What sends for a runner, to a function, and draws into a memory of its own."""

    def at_once(function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(function(*arguments))
        return done

    return ContractRequests(
        target=runner.target, send=answer, submit=at_once, as_of=runner.run.as_of, seed=1, unsafe=True
    )


def _listing(request: Request) -> Response:
    """What a service answers that has one thing."""
    body = b'[{"id": "t1"}]' if request.path == "/v2/things" else b"{}"
    return Response(status=200, headers=(("Content-Type", "application/json"),), body=body)


def _drawn(trials: ContractRequests) -> dict[str, int]:
    """How many positive cases were asked for, the most, by shape."""
    found: dict[str, int] = {}
    for shape, _, examples, _ in trials.requests.drawn:
        found[shape] = max(found.get(shape, 0), examples)
    return found


def test_one_case_is_drawn_for_what_is_asked_after_a_sunset(tmp_path: Path) -> None:
    """After its sunset every operation is asked, and no case is drawn for one but the one that is sent."""
    runner, asked = _runner(tmp_path), []

    def gone(request: Request) -> Response:
        if request.path.startswith("/v2"):
            return _listing(request)
        asked.append((request.method, request.path.removeprefix("/v1").count("/")))
        return Response(status=410, headers=(), body=b"")

    trials = _asking(runner, gone)
    for each in runner.operations("v1"):
        after_sunset(trials, runner.scene("v1", each), each, lambda request: request.path)
    assert set(asked) >= {("GET", 1), ("POST", 1), ("GET", 2), ("PATCH", 2), ("DELETE", 2)}
    assert set(_drawn(trials).values()) == {1}


def test_one_case_is_drawn_for_an_operation_that_only_another_one_needs(tmp_path: Path) -> None:
    """What tells another operation its data is asked with its first case, and no other is drawn while that succeeds."""
    runner = _runner(tmp_path)
    trials = _asking(runner, _listing)
    one = next(each for each in runner.operations("v2") if each.key == "GET /things/{id}")
    listed = next(each for each in runner.operations("v2") if each.key == "GET /things")
    exchanges, _ = trials.contract(runner.scene("v2", one), one)
    assert "/v2/things/t1" in {each.request.path for each in exchanges}
    assert _drawn(trials)[listed.shape] == 1
    assert _drawn(trials)[one.shape] == runner.policy.limits.max_examples


def test_the_first_case_is_the_same_alone_and_among_others(tmp_path: Path) -> None:
    """What is drawn alone is what is drawn first among as many as the policy says."""
    alone, among = _runner(tmp_path), _runner(tmp_path)
    for operation in alone.operations("v2"):
        (first,) = alone.trials.requests.drawing.few("v2", operation)
        assert first == among.trials.requests.cases("v2", operation)[0]


def test_nothing_that_breaks_the_contract_is_drawn_after_a_sunset(tmp_path: Path) -> None:
    """A version after its sunset draws what its contract accepts, the same as a version that answers, and nothing that breaks it."""
    ended, living = _runner(tmp_path), _runner(tmp_path)
    sunset = ended.trials.requests.cases("v1", _post(ended, "v1"))
    answering = living.trials.requests.cases("v2", _post(living, "v2"))
    assert {case.aim for case in sunset} == {Aim.UNKNOWN_DATA}
    assert Aim.REFUSED in {case.aim for case in answering}
    assert sunset == tuple(case for case in answering if case.aim is Aim.UNKNOWN_DATA)


def test_what_was_drawn_for_a_version_that_answers_is_not_drawn_again(tmp_path: Path) -> None:
    """Of one shape, what was drawn for a version that answers serves the one after its sunset too."""
    runner = _runner(tmp_path)
    runner.trials.requests.cases("v2", _post(runner, "v2"))
    runner.trials.requests.cases("v1", _post(runner, "v1"))
    assert len(runner.drawn) == 1


def test_a_wrong_request_says_whether_it_is_about_a_thing_that_is_known(tmp_path: Path) -> None:
    """Where nobody has the thing that was drawn, a 410 to a wrong body may be about that thing; where it is known, not."""
    runner = _runner(tmp_path)
    change = next(each for each in runner.operations("v2") if each.key == "PATCH /things/{id}")

    def nothing(request: Request) -> Response:
        return Response(status=410 if request.path.count("/") > 2 else 200, headers=(), body=b"")

    for answer, unknown in ((_listing, False), (nothing, True)):
        exchanges, _ = _asking(runner, answer).contract(runner.scene("v2", change), change)
        assert {each.of_nothing for each in exchanges if each.aim is Aim.REFUSED} == {unknown}, answer


def test_what_the_run_deleted_is_no_known_thing(tmp_path: Path) -> None:
    """After a success used its thing up, a wrong request about it may be refused with 410 because the thing is gone."""
    runner, made, gone = _runner(tmp_path), iter(range(1000)), set()
    delete = next(each for each in runner.operations("v2") if each.key == "DELETE /things/{id}")

    def answer(request: Request) -> Response:
        if request.method == "POST":
            headers = (("Content-Type", "application/json"),)
            return Response(status=201, headers=headers, body=json.dumps({"id": f"t{next(made)}"}).encode())
        if request.method != "DELETE":
            return _listing(request)
        status = 410 if request.path in gone else 204
        gone.add(request.path)
        return Response(status=status, headers=(), body=b"")

    exchanges, _ = _asking(runner, answer).contract(runner.scene("v2", delete), delete)
    wrong = [each for each in exchanges if each.aim is Aim.REFUSED]
    assert {each.request.path for each in wrong} <= gone
    assert (
        [(each.of_nothing, each.response and each.response.status) for each in wrong]
        == [(True, 410)] * len(wrong)
        != []
    )
