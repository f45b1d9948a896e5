"""What is asked in two places is asked no more often than it takes, and only what holds is claimed."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from tests.apps.kit import serving
from tests.shell.running import Result, run_file
from tests.shell.servers.kit import API, Api, document, error, folder, operation, reply

POLICY = f"""{API}
[versioning]
scheme = "vN"
carriers = ["path", "header"]
path = {{ template = "/api/{{version}}" }}
header = {{ name = "X-Version" }}
unknown = {{ accept = true }}
malformed = {{ accept = true }}
[versions.v1]
contract = "v1.json"
[requests]
max_examples = 1
"""
CONTRACT = document({"/things": {"get": operation({200: {"type": "object"}})}})
OFF = '[severity]\nAV212 = "off"\n'

Numbers = Callable[[], int]
Body = Callable[[Request, str, Numbers], dict[str, Any]]


def api(body: Body) -> Api:
    """A service that reads the version from the path, else from a header; `body` gets the request and how it was asked."""
    numbers = itertools.count()

    def select(request: Request) -> tuple[str, str]:
        if request.path.startswith("/api/v1/"):
            return "path", request.path.removeprefix("/api/v1")
        if request.path.startswith("/api/") and request.headers.get("X-Version") == "v1":
            return "header", request.path.removeprefix("/api")
        raise error(400, "version")

    made = Api(select=select)

    @made.on("GET", "/things")
    def read(request: Request, asked: str) -> Response:
        return reply(body(request, asked, lambda: next(numbers)))

    return made


def run(body: Body, path: Path, more: str = "") -> Result:
    """Hold such a service to its policy."""
    with serving(api(body)) as url:
        return run_file(folder(path, POLICY + more, {"v1": CONTRACT}), {"ODD_URL": url})


HONEST: dict[str, tuple[Body, int]] = {
    "always-the-same": (lambda _request, _asked, _next: {"a": 1}, 1),
    "a-counter": (lambda _request, _asked, number: {"a": 1, "n": number()}, 2),
    "a-list-that-grows": (lambda _request, _asked, number: {"a": [1] * number()}, 2),
    "a-member-now-and-then": (lambda _request, _asked, number: {"a": 1} if number() % 2 else {"a": 1, "b": 2}, 3),
    "slower-than-each-request": (lambda _request, _asked, number: {"a": number() // 2}, 3),
    "links-to-where-it-was-asked": (lambda request, _asked, _next: {"self": request.path}, 1),
}
"""What a service answers, and the requests at most that it takes to see that its carriers are equal."""

DIFFERENT: dict[str, Body] = {
    "a-value": lambda _request, asked, _next: {"a": asked},
    "a-value-beside-a-counter": lambda _request, asked, number: {"a": asked, "n": number()},
    "a-member": lambda _request, asked, number: {"n": number()} | ({"b": 1} if asked == "path" else {}),
}


@pytest.mark.parametrize("name", HONEST)
def test_what_changes_by_itself_is_not_claimed(name: str, tmp_path: Path) -> None:
    """Equal carriers are green whatever changes from answer to answer, and cost few requests more."""
    body, most = HONEST[name]
    (tmp_path / "off").mkdir()
    result, without = run(body, tmp_path), run(body, tmp_path / "off", OFF)

    assert result.said == []
    assert "AV212" in result.exercised("v1")
    assert 1 <= result.sent - without.sent <= most


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_holds_is_claimed_once(name: str, tmp_path: Path) -> None:
    """Carriers that differ each time are told of, after two more questions to each of them at most."""
    (tmp_path / "off").mkdir()
    result, without = run(DIFFERENT[name], tmp_path), run(DIFFERENT[name], tmp_path / "off", OFF)

    assert [finding.code for finding in result.findings] == ["AV212"], result.said
    assert "X-Version: v1" in result.findings[0].reproduce
    assert result.sent - without.sent == 4


def test_a_place_named_volatile_costs_no_second_question(tmp_path: Path) -> None:
    """What the policy calls volatile need not be learned, and is not claimed."""
    body = DIFFERENT["a-value-beside-a-counter"]
    (tmp_path / "off").mkdir()
    named = POLICY.replace('scheme = "vN"', 'scheme = "vN"\nvolatile = ["/a", "/n"]')
    with serving(api(body)) as url:
        result = run_file(folder(tmp_path, named, {"v1": CONTRACT}), {"ODD_URL": url})
        without = run_file(folder(tmp_path / "off", named + OFF, {"v1": CONTRACT}), {"ODD_URL": url})

    assert result.said == []
    assert result.sent - without.sent == 1


def test_another_carrier_that_gives_no_answer_is_told_of(tmp_path: Path) -> None:
    """Where the twin's connection is cut, that is said, and nothing else."""
    made = api(lambda _request, _asked, _next: {"a": 1})

    def cut(environ: dict[str, Any], start_response: Any) -> Any:
        found = b"".join(made(environ, start_response))
        return [found[:2]] if environ.get("HTTP_X_VERSION") == "v1" else [found]

    with serving(cut) as url:
        result = run_file(folder(tmp_path, POLICY, {"v1": CONTRACT}), {"ODD_URL": url})

    assert result.codes == {"AV700"}
