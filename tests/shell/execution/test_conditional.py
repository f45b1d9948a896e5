"""What a client asks that kept an answer: one request for each reading that says how to, and none for others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from werkzeug.wrappers import Request, Response

from tests.apps.kit import serving
from tests.shell.running import run_file
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
DATE = "Tue, 10 Mar 2026 08:00:00 GMT"

Asked = list[tuple[str, str | None, str | None]]


def api(asked: Asked, validators: Mapping[str, str], status: int = 304) -> Api:
    """A service that notes the conditions it is asked with, and answers those with a status."""

    def select(request: Request) -> tuple[str, str]:
        if request.path.startswith("/api/v1/"):
            return "path", request.path.removeprefix("/api/v1")
        if request.path.startswith("/api/") and request.headers.get("X-Version") == "v1":
            return "header", request.path.removeprefix("/api")
        raise error(400, "version")

    made = Api(select=select)

    def said(answer: Response) -> Response:
        answer.headers.extend(validators)
        return answer

    @made.on("GET", "/things")
    def read(request: Request, how: str) -> Response:
        tag, date = request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since")
        if tag or date:
            asked.append((how, tag, date))
            return said(reply(None, status))
        return said(reply({"a": 1}))

    return made


VALIDATORS = {
    "tag": ({"ETag": '"a"'}, ('"a"', None)),
    "date": ({"Last-Modified": DATE}, (None, DATE)),
    "both": ({"ETag": 'W/"a"', "Last-Modified": DATE}, ('W/"a"', DATE)),
}


@pytest.mark.parametrize("name", VALIDATORS)
def test_a_reading_is_asked_again_as_a_client_asks_that_kept_it(name: str, tmp_path: Path) -> None:
    """One request through each carrier, with the entity tag and the date of the answer."""
    asked: Asked = []
    validators, sent = VALIDATORS[name]
    with serving(api(asked, validators)) as url:
        result = run_file(folder(tmp_path, POLICY, {"v1": CONTRACT}), {"ODD_URL": url})

    assert sorted(asked) == [("header", *sent), ("path", *sent)]
    assert result.findings == ()


def test_what_says_nothing_of_its_state_is_not_asked_again(tmp_path: Path) -> None:
    """Without an entity tag or a date there is no conditional request."""
    asked: Asked = []
    with serving(api(asked, {})) as url:
        run_file(folder(tmp_path, POLICY, {"v1": CONTRACT}), {"ODD_URL": url})

    assert asked == []


def test_the_example_of_the_contract_stands_for_what_answers_do_not_say(tmp_path: Path) -> None:
    """A cache in front may know a tag that the service itself never gives: what the contract shows is sent."""
    asked: Asked = []
    shown = {"name": "if-none-match", "in": "header", "schema": {"type": "string"}, "example": '"e1"'}
    contract = document({"/things": {"get": operation({200: {"type": "object"}}, parameters=[shown])}})
    with serving(api(asked, {})) as url:
        run_file(folder(tmp_path, POLICY, {"v1": contract}), {"ODD_URL": url})

    assert sorted(asked) == [("header", '"e1"', None), ("path", '"e1"', None)]


def test_a_crash_over_a_condition_is_found(tmp_path: Path) -> None:
    """A server that fails where a client says what it kept is told by AV402, with both requests to paste."""
    asked: Asked = []
    with serving(api(asked, {"ETag": '"a"'}, 500)) as url:
        result = run_file(folder(tmp_path, POLICY, {"v1": CONTRACT}), {"ODD_URL": url})

    assert {finding.code for finding in result.findings} == {"AV402"}
    first, again = result.findings[0].reproduce.splitlines()
    assert "If-None-Match" not in first
    assert "If-None-Match" in again
