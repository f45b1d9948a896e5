"""What is worked out for one operation does not grow with how many others there are: the work is counted, not timed."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import Operation
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.core.judging.other_versions import other_operations
from pytest_apiversion.shell.catalogue.entries import checks, planned
from pytest_apiversion.shell.data.created_things import CreatedThings, Thing
from pytest_apiversion.shell.data.effects import effect_of
from pytest_apiversion.shell.data.ownership import Ownership
from pytest_apiversion.shell.data.shared_resources import SharedResources
from pytest_apiversion.shell.execution.judging import Tallies, promised
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.sequences.plan import resources_of
from pytest_apiversion.shell.target.load import load_target

_NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
_SMALL, _LARGE = 4, 32
"""Resources, of six operations each."""
_KINDS = 8
"""Operations that are one of each kind that a version has."""
_MORE = 1.3
"""How much more an operation may cost among eight times as many others."""
_ASKED = 7
"""Operations of each version that are counted, after one that makes what is made once."""

_POLICY = """
[api]
name = "Wide"
base_url = "http://127.0.0.1:9"

[versioning]
scheme = "vN"
carriers = ["path"]
path = {{ template = "/{{version}}" }}
decoys = ["thing0s"]

[sunset]
status = 410

[operations]
isolated = true
renamed = [
{rows}]

[credentials.key]
scheme = "key"
header = "X-Key"
value = "${{KEY}}"

[credentials.other]
scheme = "other"
header = "X-Other"
value = "${{OTHER}}"

[versions.v1]
contract = "v1.json"
released = 2020-01-01
deprecated = 2021-01-01
sunset = 2022-01-01
successor = "v2"

[versions.v2]
contract = "v2.json"
released = 2021-01-01

[versions.v3]
contract = "v3.json"
released = 2023-01-01
"""


def _place(number: int, version: int) -> str:
    return f"/old{number}s" if version == 1 and number % 4 == 1 else f"/thing{number}s"


def _document(resources: int, version: int) -> dict[str, Any]:
    def operation(*statuses: str, body: bool = False) -> dict[str, Any]:
        schema = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
        content = {"application/json": {"schema": schema}}
        made: dict[str, Any] = {"responses": {each: {"description": "", "content": content} for each in statuses}}
        return {**made, "requestBody": {"content": content}, "security": [{"key": []}]} if body else made

    paths: dict[str, Any] = {}
    for number in range(resources):
        name = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        place = _place(number, version)
        paths[place] = {"get": operation("200"), "post": operation("201", body=True)}
        paths[f"{place}/{{id}}"] = {
            "parameters": [name],
            "get": operation("200"),
            "put": operation("200", body=True),
            "delete": operation("204"),
        }
        paths[f"{place}/{{id}}/seen"] = {"parameters": [name], "post": operation("200")}
        if version == 1 and number % 4 == 2:
            paths[f"{place}/{{id}}/parts"] = {"parameters": [name], "get": operation("200")}
    schemes = {each: {"type": "apiKey", "in": "header", "name": f"X-{each}"} for each in ("key", "other")}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Wide", "version": f"{version}"},
        "servers": [{"url": f"/v{version}"}],
        "paths": paths,
        "components": {"securitySchemes": schemes},
    }


def _runner(folder: Path, resources: int) -> Runner:
    rows = ""
    for number in range(1, resources, 4):
        old, new = _place(number, 1), _place(number, 2)
        for method, end in (("GET", ""), ("POST", ""), ("GET", "/{id}"), ("PUT", "/{id}"), ("DELETE", "/{id}")):
            rows += f'  {{ v1 = "{method} {old}{end}", v2 = "{method} {new}{end}", v3 = "{method} {new}{end}" }},\n'
    folder = folder / str(resources)
    folder.mkdir()
    for version in (1, 2, 3):
        (folder / f"v{version}.json").write_text(json.dumps(_document(resources, version)), "utf-8")
    (folder / "apiversion.toml").write_text(_POLICY.format(rows=rows), "utf-8")
    return Runner(
        target=load_target(folder / "apiversion.toml", {"KEY": "k3y-one", "OTHER": "k3y-two"}),
        run=Run(as_of=_NOW, seed=1),
    )


@contextmanager
def _counted(found: list[int]) -> Iterator[None]:
    """Count the instructions of this package, in this thread."""
    number, before = 0, sys.gettrace()

    def step(frame: FrameType, event: str, _: object) -> Any:
        nonlocal number
        if event == "call" and "pytest_apiversion" not in frame.f_code.co_filename:
            return None
        frame.f_trace_opcodes = True
        number += event == "opcode"
        return step

    sys._getframe().f_trace_opcodes = True  # noqa: SLF001  Python 3.12 traces opcodes from the next `settrace` after the first of these
    sys.settrace(step)
    try:
        yield
    finally:
        sys.settrace(before)
        found.append(number)


@pytest.fixture(scope="module")
def runners(tmp_path_factory: pytest.TempPathFactory) -> tuple[Runner, Runner]:
    """A small and a large API under the same policy."""
    folder = tmp_path_factory.mktemp("wide")
    return _runner(folder, _SMALL), _runner(folder, _LARGE)


def _plans(scene: Scene, _: Operation, __: Runner) -> None:
    planned(scene)


def _promises(scene: Scene, _: Operation, __: Runner) -> None:
    for check in checks():
        promised(check, scene)


def _isolation(scene: Scene, _: Operation, __: Runner) -> None:
    list(other_operations(scene))


def _matching(scene: Scene, operation: Operation, _: Runner) -> None:
    path = operation.path.replace("{id}", "7")
    assert scene.contracts[scene.version].match(operation.method, path) is operation


def _operation_map(scene: Scene, operation: Operation, _: Runner) -> None:
    scene.policy.counterpart(operation.key, scene.version, "v2")


def _outcomes(scene: Scene, operation: Operation, runner: Runner) -> None:
    runner.outcome_of(scene, operation.key, [], Tallies(), [])


def _places(_: Scene, operation: Operation, runner: Runner) -> None:
    runner.trials.requests.places.of(operation)


def _effects(scene: Scene, operation: Operation, _: Runner) -> None:
    effect_of(scene.contracts[scene.version], operation.method, operation.path)


def _ownership(scene: Scene, operation: Operation, runner: Runner) -> None:
    path = f"/{scene.version}{operation.path.replace('{id}', 'n7')}"
    request = Request(method=operation.method, path=path, body=b"{}")
    runner.trials.requests.ownership.harmless(request)
    answer = Response(status=201, headers=(), body=b'{"id": "x8"}')
    runner.trials.requests.ownership.took(request, answer, succeeded=True)


@pytest.mark.parametrize(
    "work",
    [_plans, _promises, _isolation, _matching, _operation_map, _outcomes, _places, _effects, _ownership],
    ids=lambda work: work.__name__.strip("_").replace("_", "-"),
)
def test_an_operation_costs_the_same_among_many_others(
    work: Callable[[Scene, Operation, Runner], None], runners: tuple[Runner, Runner]
) -> None:
    """What is done for one operation takes as many instructions among eight times as many operations, within a third."""
    costs: list[int] = []
    for runner in runners:
        first, *others = (
            partial(work, runner.scene(version, each), each, runner)
            for index in range(_ASKED + 1)
            for version in runner.policy.versions
            for each in runner.operations(version)[index : index + 1]
        )
        first()
        for version in runner.policy.versions:
            for operation in runner.operations(version)[-_KINDS:]:  # what is made once a version is made here
                work(runner.scene(version, operation), operation, runner)
        with _counted(costs):
            for each in others:
                each()
    small, large = costs
    assert large <= _MORE * small


def _sequences(runner: Runner) -> None:
    assert any(resources_of(runner.policy, runner.target.contracts, _NOW).values())


def _tables(runner: Runner) -> None:
    ownership = Ownership(runner.policy, runner.target.contracts)
    assert ownership.harmless(Request(method="POST", path="/v3/thing0s", body=b"{}"))


def _shared(runner: Runner) -> None:
    SharedResources(runner.target.contracts)


@pytest.mark.parametrize("work", [_sequences, _tables, _shared], ids=lambda work: work.__name__.strip("_"))
def test_what_is_made_once_grows_with_the_operations(
    work: Callable[[Runner], None], runners: tuple[Runner, Runner]
) -> None:
    """What is made once for all operations takes as many instructions for each of them among eight times as many."""
    costs: list[int] = []
    work(runners[0])  # what is compiled once
    for runner in runners:
        with _counted(costs):
            work(runner)
    small, large = costs
    assert large / _LARGE <= _MORE * small / _SMALL


def test_what_is_deleted_is_found_without_asking_all_there_is() -> None:
    """Deleting and listing things takes as many instructions for each among eight times as many things."""
    costs: list[int] = []
    for number in (_SMALL, _LARGE):
        with _counted(costs):
            things = CreatedThings()
            for each in range(number):
                place, request = f"/r{each}/x", Request(method="POST", path=f"/v1/r{each}")
                things.add(Thing(paths=(place, f"{place}/below"), version="v1", operation="POST", request=request))
            for each in range(number):
                assert things.at(f"/r{each}") == [f"/r{each}/x"]
                things.gone(f"/r{each}/x")
        assert not things.all()
    small, large = costs
    assert large / _LARGE <= _MORE * small / _SMALL
