"""One thing is written by one request at a time: a service that refuses a second one meanwhile is honest."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.core.contracts.contract import Operation
from pytest_apiversion.shell.requests.in_turn import submitter
from tests.apps.kit import serving
from tests.shell.running import run_file
from tests.shell.servers.kit import API, Api, document, error, folder, json_object, operation, parameter, record, reply

POLICY = f"""{API}
[versioning]
scheme = "vN"
carriers = ["path", "header"]
path = {{ template = "/{{version}}" }}
header = {{ name = "X-V" }}
missing = {{ reject = 400 }}
unknown = {{ reject = 400 }}
malformed = {{ reject = 400 }}
undeclared_carriers = "ignored"
echo = {{ header = "X-Served" }}
[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
[requests]
max_examples = 4
"""
VERSIONS = frozenset({"v1", "v2"})
TITLE = {"type": "string", "maxLength": 20}


class Locking:
    """A service that locks a thing while it is written.

    Attributes:
        things: What it stores.
        refused: Who came meanwhile.
    """

    def __init__(self) -> None:
        self.things: dict[str, Any] = {}
        self.refused: list[str] = []
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._api = api(self.things)

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Answer; what is served of a write takes its time."""
        request = Request(environ)
        first, thing = request.path.split("/")[1], request.path.rpartition("/")[2]
        served = first in VERSIONS or (first == "things" and request.headers.get("X-V") in VERSIONS)
        if request.method != "PUT" or thing not in self.things or not served:
            return self._api(environ, start_response)
        if not self._locks[thing].acquire(blocking=False):
            self.refused.append(f"{request.path} {request.headers.get('X-V')}")
            return error(423).response(environ, start_response)
        time.sleep(0.03)
        try:
            return self._api(environ, start_response)
        finally:
            self._locks[thing].release()


def _selected(request: Request) -> tuple[str, str]:
    """The version that a path or else a header names, and the rest of the path."""
    first, _, rest = request.path[1:].partition("/")
    asked, path = (first, f"/{rest}") if first[:1] == "v" else (request.headers.get("X-V", "").strip(), request.path)
    if asked not in VERSIONS:
        raise error(400, "version")
    return asked, path


def api(things: dict[str, Any]) -> Api:
    """Things in two versions, by path or else by header."""
    made = Api(select=_selected)

    def shown(key: str, version: str) -> dict[str, Any]:
        return {"id": key, "title": things[key], **({"label": things[key]} if version == "v2" else {})}

    def title(request: Request) -> str:
        text = json_object(request).get("title")
        if not isinstance(text, str) or len(text) > 20:
            raise error(422)
        return text

    @made.on("POST", "/things")
    def create(request: Request, version: str) -> Response:
        things[key := f"t{len(things)}"] = title(request)
        return reply(shown(key, version), 201, X_Served=version)

    @made.on("GET", "/things/{thing}")
    def read(_request: Request, version: str, thing: str) -> Response:
        if thing not in things:
            raise error(404)
        return reply(shown(thing, version), X_Served=version)

    @made.on("PUT", "/things/{thing}")
    def write(request: Request, version: str, thing: str) -> Response:
        if thing not in things:
            raise error(404)
        text = title(request)
        things[thing] = text
        return reply(shown(thing, version), X_Served=version)

    return made


def contract(**more: Any) -> Any:
    """Things with a title."""
    new, thing = record(title=TITLE), record(id={"type": "string"}, title=TITLE, **more)
    one = [parameter("thing")]
    refused: dict[int | str, Any] = {"4XX": {}}
    return document(
        {
            "/things": {"post": operation({201: thing, **refused}, body=new)},
            "/things/{thing}": {
                "get": operation({200: thing, **refused}, parameters=one),
                "put": operation({200: thing, **refused}, parameters=one, body=new),
            },
        }
    )


def test_a_service_that_locks_what_is_written_is_honest(tmp_path: Path) -> None:
    """What of a `PUT` should succeed has no other request beside it that the service may serve."""
    locking = Locking()
    with serving(locking) as url:
        result = run_file(folder(tmp_path, POLICY, {"v1": contract(), "v2": contract(label=TITLE)}), {"ODD_URL": url})

    assert result.said == []
    assert locking.things


@pytest.mark.parametrize(
    ("method", "beside"), [("GET", True), ("POST", True), ("DELETE", True), ("PUT", False), ("PATCH", False)]
)
def test_what_writes_one_thing_is_asked_in_turn(method: str, *, beside: bool) -> None:
    """Requests that read, or that are each about a thing of their own, are sent beside each other."""
    submit: Any = object()
    assert (submitter(Operation(method=method, path="/things/{id}"), submit) is submit) == beside
