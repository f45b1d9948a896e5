"""Where an operation is looked for by its method and path, those that a policy names with a query are found too, and keep their requests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis.database import InMemoryExampleDatabase
from werkzeug.wrappers import Request, Response

from pytest_apiversion.checks.alias_absent import CHECK as ABSENT
from pytest_apiversion.checks.credential_required import CHECK as CREDENTIALS
from pytest_apiversion.checks.tier_shape import CHECK as TIERS
from pytest_apiversion.checks.version_answers import CHECK as ANSWERS
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.finding import Finding
from pytest_apiversion.core.http.messages import Request as Asked
from pytest_apiversion.core.judging.other_versions import other_operations
from pytest_apiversion.core.judging.probing_methods import reads_first
from pytest_apiversion.core.judging.request_faults import faults_of, undeclared_method
from pytest_apiversion.shell.data.ownership import Ownership
from pytest_apiversion.shell.data.shared_resources import first_nouns
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.past_failures import Memory
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.conftest import NEW
from tests.shell.running import TODAY
from tests.shell.servers.kit import (
    ENVELOPE,
    TEXT,
    Api,
    by_path,
    document,
    error,
    folder,
    operation,
    parameter,
    record,
    reply,
    versions_in_path,
)

CLOSED: dict[str, Any] = {"security": [{"Key": []}]}
MAPS: Any = document(
    {
        "/ows": {
            "get": operation(
                {200: record(layer=TEXT)},
                parameters=[parameter("request", "query", {"enum": ["Map", "Legend"]})],
                **CLOSED,
            )
        },
        "/jobs/{id}": {
            "post": operation(
                {200: record(layer=TEXT)},
                parameters=[parameter("id"), {**parameter("mode", "query"), "required": False}],
                **CLOSED,
            )
        },
    },
    components={"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
)
TILES: Any = document(
    {"/ows": {"get": operation({200: record(layer=TEXT)}, **CLOSED)}, "/tiles": {"get": operation({200: {}})}}
)
POLICY = f"""{versions_in_path("Lookups").replace('carriers = ["path"]', 'carriers = ["path", "header"]')}
[versioning.header]
name = "X-Version"
[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
{ENVELOPE}
[aliases.maps]
version = "v1"
prefix = ""
operations = ["GET /ows?request=Map"]
absent = ["GET /ows?request=Legend"]

[credentials.Key]
header = "X-Key"
value = "${{ODD_KEY}}"
[credentials.Gold]
scheme = "Key"
header = "X-Key"
value = "${{ODD_GOLD}}"
[[tiers]]
credential = "Gold"
members = ["/scale"]
operations = ["GET /ows?request=Map"]

[operations]
isolated = true
[operations.rules."GET /ows?request=Legend"]
refusals = [422]
[operations.rules."POST /jobs/{{id}}?mode=check"]
harmless = true
"""
MAP, LEGEND, JOB = "GET /ows?request=Map", "GET /ows?request=Legend", "POST /jobs/{id}"


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A policy that names all requests of one operation with a query; nothing is asked."""
    path = folder(tmp_path_factory.mktemp("maps"), POLICY, {"v1": MAPS, "v2": TILES})
    target = load_target(path, {"ODD_URL": "http://127.0.0.1:9", "ODD_KEY": "key-1", "ODD_GOLD": "gold-1"})
    made = Runner(target=target, run=Run(as_of=TODAY, seed=1))
    yield made
    made.close()


def scenes(runner: Runner, **changes: Any) -> dict[str, Scene]:
    """The scene of each operation of the first version that is asked."""
    return {each.key: replace(runner.scene("v1", each), **changes) for each in runner.target.operations("v1")}


def asks(check: Check, scene: Scene) -> list[Any]:
    """What a check asks in a scene."""
    return list(check.plan(scene) if check.plan is not None else ())


def test_one_of_them_speaks_for_its_version_and_its_path(runner: Runner) -> None:
    """Where no request is left to the whole operation: the first reading, the first operation, and the one of a path in no method of its own."""
    of = scenes(runner)
    every = {each.key: each for each in runner.target.operations("v1")}

    assert [key for key, scene in of.items() if reads_first(scene)] == [LEGEND]
    assert [key for key, scene in of.items() if [*faults_of(scene, every[key], {"routing"})]] == [JOB]
    assert [key for key, scene in of.items() if undeclared_method(scene) is not None] == [JOB, LEGEND]
    assert [key for key, scene in of.items() if [*other_operations(scene)]] == [LEGEND]


def test_checks_find_them(runner: Runner) -> None:
    """A wrong credential where one is enough, a tier of one of them, the version to compare with, and what has no alias."""
    of, safe = scenes(runner), scenes(runner, unsafe=False)

    wrong = [key for key, scene in safe.items() if any(each.aim is Aim.FORGED for each in asks(CREDENTIALS, scene))]
    assert wrong == [LEGEND]
    assert TIERS.promised(runner.scene("v1")) == "tiers[0].members"
    assert [each.compare for each in asks(ANSWERS, of[LEGEND])] == [("v1", "v2")]
    assert [key for key, scene in of.items() if asks(ABSENT, scene)] == [LEGEND]
    assert [each.key for each in runner.target.operations("maps")] == [MAP]


def test_a_rule_of_them_offers_their_requests_alone(runner: Runner) -> None:
    """`harmless = true` of requests with a query says nothing of others."""
    ownership = Ownership(runner.policy, runner.target.contracts)
    check, other = (
        Asked(method="POST", path="/v1/jobs/j1", query=(("mode", mode),), body=b"{}") for mode in ("check", "run")
    )

    assert ownership.harmless(check)
    assert not ownership.harmless(other)


def test_a_worker_has_them_with_their_operation() -> None:
    """The query is no part of the resource that they are about."""
    nouns = first_nouns(["/search", "/search?type=old", "/things/{id}"])

    assert nouns["/search?type=old"] == nouns["/search"] != nouns["/things/{id}"]


REPORTS: Any = document(
    {
        "/reports": {
            "get": operation(
                {200: record(level={"type": "integer"}), "4XX": {}},
                parameters=[parameter("level", "query", {"type": "integer", "minimum": 0, "maximum": 9})],
            )
        }
    }
)
PLAIN = f"""{versions_in_path("Reports")}
[versions.v1]
contract = "v1.json"
{ENVELOPE}
"""
NAMED = PLAIN + '[operations.rules."GET /reports?level=0"]\nrefusals = [422]\n'


class Reports(Api):
    """Reports of ten levels, of which all but the last crash."""

    def __init__(self) -> None:
        super().__init__(select=by_path("v1"))
        self.levels: list[str] = []
        self.on("GET", "/reports")(self.report)

    def report(self, request: Request, _: str) -> Response:
        """`GET /reports`."""
        level = request.args.get("level", "")
        self.levels.append(level)
        if level not in {*"0123456789"}:
            raise error(400, "level")
        if level != "9":
            raise error(500, "crash")
        return reply({"level": 9})


def reported(path: Path, policy: str, memory: Memory) -> tuple[list[Finding], set[str]]:
    """What is found in the whole operation, and the levels that were asked for."""
    app = Reports()
    with serving(app) as url:
        target = load_target(folder(path, policy, {"v1": REPORTS}), {"ODD_URL": url})
        made = Runner(target=target, run=Run(as_of=TODAY, seed=1), memory=memory)
        try:
            outcome = made.operation_item("v1", target.contracts["v1"].operations["GET /reports"])
        finally:
            made.close()
    return [each for each in outcome.findings if each.code == "AV402"], set(app.levels)


def test_the_smallest_request_is_still_the_operations_own(tmp_path: Path) -> None:
    """Shrinking, and what failed before a query was named, make no request of the whole operation one of those."""
    database = InMemoryExampleDatabase()
    before, _ = reported(tmp_path, PLAIN, Memory(open=lambda: database))
    after, levels = reported(tmp_path, NAMED, Memory(open=lambda: database))

    assert ["level=0" in each.request for each in before] == [True]
    assert ["level=0" in each.request for each in after] == [False]
    assert ["level=1" in each.request for each in after] == [True] or not NEW  # an older shrinker stops where 0 is none
    assert "0" not in levels
