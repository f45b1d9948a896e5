"""What an answer 202 begins is followed to its end, within a bound."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.core.http.messages import Response as Answer
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.pytest_plugin.sequence_items import sequence_items
from pytest_apiversion.shell.sequences.awaiting import is_on_its_way
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.shell.running import TODAY
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    Api,
    by_path,
    document,
    error,
    folder,
    operation,
    parameter,
    record,
    reply,
)

HEADERS = {"Location": {"schema": {"type": "string"}}}
ID = {"type": "string"}


class Jobs:
    """An API of jobs that are executed: 202, and a run whose status is read until it has ended.

    Args:
        reads: How many readings it takes until a run has ended.
        shown: What a run shows at its end.
        location: The name of the header that says where the run is.
        waiting: How a status says that it has not ended: by `state`, by `Retry-After`, or by a 404.
    """

    def __init__(
        self,
        *,
        reads: int = 1,
        shown: Callable[[str], Any] = lambda key: {"id": key, "state": "done"},
        location: str = "Location",
        waiting: str = "state",
    ) -> None:
        self.app, self.data = Api(select=by_path("v1", "v2")), dict[str, int]()
        self.deleted: list[str] = []
        numbers = itertools.count(500_001)

        @self.app.on("POST", "/jobs")
        def create(_request: Request, _version: str) -> Response:
            key = f"job-{next(numbers)}"
            self.data[key] = 0
            return reply({"id": key}, 201)

        @self.app.on("DELETE", "/jobs/{job}")
        def drop(_request: Request, _version: str, job: str) -> Response:
            self._taken(job)
            return reply(status=204)

        @self.app.on("POST", "/jobs/{job}/execute")
        def execute(_request: Request, version: str, job: str) -> Response:
            if job not in self.data:
                raise error(404)
            key = f"run-{next(numbers)}"
            self.data[key] = 0
            return reply({"accepted": True}, 202, **{location: f"/{version}/runs/{key}"})

        @self.app.on("GET", "/runs/{run}")
        def read(_request: Request, _version: str, run: str) -> Response:
            if run not in self.data:
                raise error(404)
            self.data[run] += 1
            return reply(shown(run)) if self.data[run] > reads else _not_ended(run, waiting)

        @self.app.on("DELETE", "/runs/{run}")
        def stop(_request: Request, _version: str, run: str) -> Response:
            self._taken(run)
            self.deleted.append(run)
            return reply(status=204)

    def _taken(self, key: str) -> None:
        if self.data.pop(key, None) is None:
            raise error(404)


def _not_ended(key: str, waiting: str) -> Response:
    if waiting == "absent":
        raise error(404)
    answer = reply({"id": key, "state": "QUEUED" if waiting == "state" else "all right"})
    if waiting == "retry-after":
        answer.headers["Retry-After"] = "0"
    return answer


JOB, RUN = [parameter("job")], [parameter("run")]
CONTRACT = document(
    {
        "/jobs": {"post": operation({201: record(id=ID)})},
        "/jobs/{job}": {"delete": operation({204: None}, parameters=JOB)},
        "/jobs/{job}/execute": {"post": operation({202: {"type": "object"}}, parameters=JOB)},
        "/runs/{run}": {
            "get": operation({200: record(id=ID, state={"type": "string"})}, parameters=RUN),
            "delete": operation({204: None}, parameters=RUN),
        },
    }
)
CONTRACT["paths"]["/jobs/{job}/execute"]["post"]["responses"]["202"]["headers"] = HEADERS


def followed(api: Jobs, path: Path, *, wait: float = 2) -> list[Outcome]:
    """What the sequences of an API found."""
    policy = f"{PATHS}{ENVELOPE}[sequences]\nwait = {wait}\ngone_after_delete = true\n"
    with serving(api.app) as url:
        target = load_target(folder(path, policy, {"v1": CONTRACT, "v2": CONTRACT}), {"ODD_URL": url})
        runner = Runner(target=target, run=Run(as_of=TODAY))
        try:
            return [each for version in ("v1", "v2") for _, held in sequence_items(runner, version) for each in held()]
        finally:
            runner.close()


def _notes(found: list[Outcome]) -> set[str]:
    return {note for each in found for note in each.notes}


@pytest.mark.parametrize("name", ["Location", "Operation-Location", "Content-Location"])
def test_it_is_read_until_it_has_ended(tmp_path: Path, name: str) -> None:
    """The header of the 202 leads to the run, which is read until its state is no longer one on the way, and then deleted."""
    api = Jobs(location=name)
    found = followed(api, tmp_path)

    assert [(each.subject, each.label) for each in found] == [
        ("v1", "sequence /jobs/{job}/execute"),
        ("v2", "sequence /jobs/{job}/execute"),
    ]
    assert _notes(found) == set()
    assert [each.findings for each in found] == [(), ()]
    assert len(api.deleted) == 2
    assert [each.tallies["AV319"] for each in found] == [2, 2]


@pytest.mark.parametrize("waiting", ["absent", "retry-after"])
def test_it_may_say_so_in_other_ways(tmp_path: Path, waiting: str) -> None:
    """A status that is not there yet, or asks to come again, is read again."""
    found = followed(Jobs(waiting=waiting), tmp_path)

    assert _notes(found) == set()
    assert [each.findings for each in found] == [(), ()]


def test_the_end_is_held_to_the_contract(tmp_path: Path) -> None:
    """An answer that breaks the contract only once the run has ended is found."""
    found = followed(Jobs(shown=lambda key: {"id": key}), tmp_path)

    assert {(each.code, each.operation) for outcome in found for each in outcome.findings} == {
        ("AV301", "GET /runs/{run}")
    }


def test_it_is_not_waited_for_longer_than_is_said(tmp_path: Path) -> None:
    """What never ends is a note, and nothing is claimed of it but that it can be deleted."""
    found = followed(Jobs(reads=1_000), tmp_path, wait=0.15)

    assert _notes(found) == {"POST /jobs/{job}/execute had not ended after 0.15 s: give [sequences] wait"}
    assert [each.findings for each in found] == [(), ()]


STATES: dict[str, tuple[Any, bool]] = {
    "queued": ({"status": "queued"}, True),
    "in-words": ({"data": {"State": "In Progress"}}, True),
    "ended": ({"status": "succeeded"}, False),
    "the-nearest-counts": ({"status": "done", "steps": {"status": "running"}}, False),
    "no-state": ({"id": 7}, False),
    "a-number": ({"status": 1}, False),
    "a-list": ([{"status": "queued"}], False),
}


@pytest.mark.parametrize("name", STATES)
def test_what_says_that_something_is_on_its_way(name: str) -> None:
    """A state nearest to the root, in any spelling."""
    body, expected = STATES[name]

    assert is_on_its_way(_answer(200, body)) is expected
    assert is_on_its_way(_answer(303, body)) is False


def _answer(status: int, body: Any) -> Answer:
    return Answer(status=status, headers=(("Content-Type", "application/json"),), body=json.dumps(body).encode())
