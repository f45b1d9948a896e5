"""Requests without a credential, and with another: what leaves, and what it may use up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from tests.apps.kit import serving
from tests.shell.running import Result, run_file
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    by_path,
    document,
    error,
    folder,
    json_object,
    operation,
    parameter,
    record,
    reply,
    text_member,
)

SECRETS = {"ODD_KEY": "key-1", "ODD_ROOT": "root-1"}
POLICY = (
    PATHS.replace('[versions.v2]\ncontract = "v2.json"\n', "")
    + """
[credentials.Key]
header = "X-Key"
value = "${ODD_KEY}"
[credentials.Root]
query = "root"
value = "${ODD_ROOT}"
[values]
id = "t1"
[operations.rules."GET /things"]
values = { headers = { "X-Key" = "key-1" } }
"""
)
THING = record(id=TEXT, name=TEXT)
KEY: list[Any] = [{"Key": []}]
ROOT: list[Any] = [{"Root": []}]
PATH = parameter("id")
CONTRACT = document(
    {
        "/things": {
            "get": operation({200: {"type": "array", "items": THING}}, security=KEY),
            "post": operation({201: THING}, body=record(name=TEXT), security=KEY),
        },
        "/things/{id}": {"delete": operation({204: None}, parameters=[PATH], security=KEY)},
        "/admin": {"get": operation({200: THING}, security=ROOT)},
    }
)


def run(tmp_path: Path, *, unlocked: str = "") -> tuple[Result, dict[str, str]]:
    """Hold a shop in which one method of a path is open to all; and the things that are left."""
    things = {"t1": "one"}
    app = Api(select=by_path("v1"))

    def enter(request: Request, key: str) -> None:
        due = (
            ("root", request.args.get("root") == "root-1")
            if "admin" in key
            else ("key", request.headers.get("X-Key") == "key-1")
        )
        if not due[1] and unlocked != key:
            raise error(401, due[0])

    @app.on("GET", "/things")
    def _list(request: Request, _version: str) -> Response:
        enter(request, "GET /things")
        return reply([{"id": each, "name": name} for each, name in things.items()])

    @app.on("POST", "/things")
    def _create(request: Request, _version: str) -> Response:
        enter(request, "POST /things")
        name = text_member(json_object(request), "name")
        things[f"t{len(things) + 1}"] = name
        return reply({"id": f"t{len(things)}", "name": name}, 201)

    @app.on("DELETE", "/things/{id}")
    def _delete(request: Request, _version: str, id: str) -> Response:  # noqa: A002  the parameter's name
        enter(request, "DELETE /things/{id}")
        if id not in things:
            raise error(404, "thing")
        del things[id]
        return reply(None, 204)

    @app.on("GET", "/admin")
    def _admin(request: Request, _version: str) -> Response:
        enter(request, "GET /admin")
        return reply({"id": "a", "name": "b"})

    contracts: dict[str, Any] = {"v1": CONTRACT}
    with serving(app) as url:
        result = run_file(folder(tmp_path, POLICY, contracts), {"ODD_URL": url, **SECRETS}, max_examples=2)
    return result, things


def test_what_is_closed_is_held_so(tmp_path: Path) -> None:
    """Nothing to say of a service that asks everyone; a value the policy gives in the credential's header is not sent along."""
    result, _ = run(tmp_path)

    assert [each for each in result.said if "AV316" in each] == []
    assert "AV316" in result.exercised("v1")


@pytest.mark.parametrize("key", ["GET /things", "POST /things", "DELETE /things/{id}"])
def test_what_is_open_is_found(key: str, tmp_path: Path) -> None:
    """Whatever the method, with no credential and with the one that opens something else."""
    result, _ = run(tmp_path, unlocked=key)
    said = [finding for finding in result.findings if finding.code == "AV316"]

    told = [finding.summary.partition(" with ")[2] for finding in said]
    assert {finding.operation for finding in said} == {key}
    assert [each for each in told if "HEAD" not in each] == ["no credential", "the credential Root"], told


def test_a_secret_is_shown_as_its_variable(tmp_path: Path) -> None:
    """The line that repeats a request with another credential does not show it."""
    result, _ = run(tmp_path, unlocked="GET /things")
    lines = [finding.reproduce for finding in result.findings if finding.code == "AV316"]

    assert "X-Key" not in lines[0]
    assert "$ODD_ROOT" in lines[-1]
    assert not any("root-1" in line for line in lines)


def test_a_key_in_two_parts_is_sent_and_left_out_as_one(tmp_path: Path) -> None:
    """Both query parameters open the operation; without them, and with others, it is closed, and a service that looks at one part only is not seen through."""
    seen: set[tuple[str | None, str | None]] = set()
    app = Api(select=by_path("v1"))

    @app.on("GET", "/admin")
    def _admin(request: Request, _version: str) -> Response:
        sent = (request.args.get("key"), request.args.get("token"))
        seen.add(sent)
        if sent != ("key-1", "root-1"):
            raise error(401)
        return reply({"id": "a", "name": "A"})

    parts = (
        ENVELOPE
        + PATHS.replace('[versions.v2]\ncontract = "v2.json"\n', "")
        + ('[credentials.Root]\nquery = { key = "${ODD_KEY}", token = "${ODD_ROOT}" }\n')
    )
    contract = document({"/admin": {"get": operation({200: THING}, security=ROOT)}})
    with serving(app) as url:
        result = run_file(folder(tmp_path, parts, {"v1": contract}), {"ODD_URL": url, **SECRETS})

    assert (result.said, result.barren) == ([], [])
    assert seen == {("key-1", "root-1"), (None, None), ("not-a-credential",) * 2, ("key-1", "root-1a1a1")}
    assert "AV316" in result.exercised("v1")
