"""Conditional requests say which state of a thing they are meant for: that of its last reading."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.http.conditions import ANY, LONG_AGO, NO_TAG
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.shell.openapi.contracts import read_contract
from pytest_apiversion.shell.requests.readings import Readings, take_conditions
from tests.apps.kit import serving
from tests.checks.builders import policy
from tests.shell.running import run_file
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
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
)

DATE = "Wed, 21 Oct 2026 07:28:00 GMT"
NOW = "Fri, 20 Nov 2026 12:00:00 GMT"
THING = "/api/v1/things/1"


def response(status: int = 200, **headers: str) -> Response:
    """An answer with these headers."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Response(status=status, headers=named, body=b"", elapsed=0.0, received=0.0)


def readings(*told: tuple[str, str, Response]) -> Readings:
    """What is known after these answers to a method and a path."""
    made = Readings(policy=policy(), as_of=dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC))
    for method, path, answer in told:
        made.note(Request(method=method, path=path), answer)
    return made


READ = ("GET", THING, response(ETag='"a"', Last_Modified=DATE))
BARE = ("GET", THING, response())


@pytest.mark.parametrize(
    ("method", "name", "told", "optional", "required"),
    [
        pytest.param("PUT", "If-Match", [READ], '"a"', '"a"', id="the tag of the last reading"),
        pytest.param("PUT", "If-Match", [], ANY, ANY, id="nothing was read"),
        pytest.param("PUT", "If-Match", [BARE], ANY, ANY, id="the reading had no tag"),
        pytest.param(
            "PUT", "If-Match", [READ, ("PUT", THING, response(ETag='"b"'))], '"b"', '"b"', id="a write told its tag"
        ),
        pytest.param("PUT", "If-Match", [READ, ("PUT", THING, response(204))], ANY, ANY, id="a write told none"),
        pytest.param("PUT", "If-Match", [READ, ("PUT", THING, response(422))], '"a"', '"a"', id="a write that failed"),
        pytest.param("PUT", "If-Match", [("GET", f"{THING}0", READ[2])], ANY, ANY, id="another thing was read"),
        pytest.param("PUT", "If-Match", [("GET", "/api/v2/things/1", READ[2])], '"a"', '"a"', id="in another version"),
        pytest.param("GET", "If-None-Match", [READ], '"a"', '"a"', id="a reading of what is known"),
        pytest.param(
            "GET", "If-None-Match", [READ, ("GET", THING, response(304, ETag='"c"'))], '"c"', '"c"', id="not modified"
        ),
        pytest.param("PUT", "If-None-Match", [], ANY, ANY, id="a write that creates"),
        pytest.param("PUT", "If-None-Match", [READ], None, NO_TAG, id="a write to what is there"),
        pytest.param("GET", "If-Modified-Since", [READ], DATE, DATE, id="the date of the last reading"),
        pytest.param("GET", "If-Modified-Since", [], None, LONG_AGO, id="no date is known"),
        pytest.param("PUT", "If-Unmodified-Since", [READ], DATE, DATE, id="a write to what was last modified then"),
        pytest.param("PUT", "If-Unmodified-Since", [], None, NOW, id="a write, and no date is known"),
    ],
)
def test_what_is_sent(
    method: str, name: str, told: list[tuple[str, str, Response]], optional: str | None, required: str | None
) -> None:
    """A conditional header has the tag or date of the last reading; `*` where none is known, or nothing where nothing has to be said."""
    known = readings(*told)
    stands = LONG_AGO if name.endswith("Since") else ANY
    request = Request(method=method, path=THING, headers=((name, stands),))

    assert known.current(request, required=frozenset()).header(name) == optional
    assert known.current(request, required=frozenset({name.lower()})).header(name) == required


def test_what_the_policy_gives_stays() -> None:
    """A value that is not from a reading is somebody's own."""
    request = Request(method="PUT", path=THING, headers=(("If-Match", '"mine"'),))

    assert readings(READ).current(request) == request


def test_a_request_built_before_is_brought_up_to_date() -> None:
    """What was filled in once says what is known now when it is sent again."""
    known = readings(READ)
    request = known.current(Request(method="PUT", path=THING, headers=(("If-Match", ANY),)))
    known.note(Request(method="GET", path=THING), response(ETag='"later"'))

    assert known.current(request).header("If-Match") == '"later"'


def guarded(*, told: bool, star: bool = True) -> tuple[Api, dict[str, Any]]:
    """An API of one setting that says which of its states a write is meant for, and what it holds.

    Args:
        told: Whether a write tells the new tag.
        star: Whether `*` is taken.
    """
    api, state = Api(select=by_path("v1", "v2")), {"limit": 3, "revision": 1, "refused": 0}

    def tag() -> str:
        return f'"{state["revision"]}"'

    @api.on("GET", "/setting")
    def read(_request: Any, _version: str) -> Any:
        return reply({"limit": state["limit"]}, ETag=tag())

    @api.on("PUT", "/setting")
    def write(request: Any, _version: str) -> Any:
        condition = request.headers.get("If-Match")
        if condition not in {tag(), *(["*"] if star else [])}:
            state["refused"] += 1
            raise error(428 if condition is None else 412)
        limit = json_object(request).get("limit")
        if type(limit) is not int or not 1 <= limit <= 90:
            raise error(422)
        state["limit"], state["revision"] = limit, state["revision"] + 1
        return reply({"limit": limit}, 200, **({"ETag": tag()} if told else {}))

    return api, state


SETTING = record(limit={"type": "integer", "minimum": 1, "maximum": 90})
CONTRACT = document(
    {
        "/setting": {
            "get": operation({200: SETTING}),
            "put": operation(
                {200: SETTING, "4XX": {}},
                body=SETTING,
                parameters=[parameter("If-Match", "header", {"type": "string"})],
            ),
        }
    }
)


OFFERED = """
[operations.rules."PUT /setting"]
harmless = true
"""


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("star", [True, False])
def test_writes_are_meant_for_the_last_reading(tmp_path: Path, *, told: bool, star: bool) -> None:
    """An honest service that insists on the state of its thing raises no finding, and refuses none of what should succeed."""
    api, state = guarded(told=told, star=star)
    with serving(api) as url:
        result = run_file(
            folder(tmp_path, PATHS + ENVELOPE + OFFERED, {"v1": CONTRACT, "v2": CONTRACT}), {"ODD_URL": url}, few=4
        )

    assert result.said == []
    assert result.barren == []
    assert state["revision"] > 5
    assert state["refused"] <= 4


def test_nothing_is_remembered_where_no_operation_takes_a_condition() -> None:
    """What a policy gives by itself stays as it gives it, and no reading costs anything."""
    made = Readings(policy=policy(), as_of=dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), needed=False)
    read = Request(method="GET", path=THING)
    made.note(read, READ[2])
    write = Request(method="PUT", path=THING, headers=(("If-Match", ANY),))
    assert not made.knows(read)
    assert made.current(write) == write


@pytest.mark.parametrize(("place", "needed"), [("header", True), ("query", False)])
def test_a_condition_is_a_header_of_an_operation(place: str, *, needed: bool) -> None:
    """A query parameter of the same name is none."""
    parameters = [{"name": "If-Match", "in": place, "schema": {"type": "string"}}]
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/things": {"get": {"parameters": parameters, "responses": {"200": {"description": "fine"}}}}},
    }
    contract = read_contract(document, source="v1.json", version="v1", digest="", locate=lambda path: path)
    assert take_conditions({"v1": contract}) is needed
