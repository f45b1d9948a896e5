"""Where the operations of a version stand in a document."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import Contract
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.carriers import Carrier
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.selection import carriers
from pytest_apiversion.shell.generation.drawing import draw
from pytest_apiversion.shell.openapi.contracts import read_contract
from pytest_apiversion.shell.requests.building import build, plainly
from pytest_apiversion.shell.target.version_paths import locate_for, names_version
from tests.selection.test_select import policy

PATH = Carrier(form=carriers()["path"], template="/api/{version}")
HEADER = Carrier(form=carriers()["header"], name="X-API-Version")
IN_PATH = policy(PATH, base_path="/api")
IN_HEADER = policy(HEADER, base_path="/api")


def contract(chosen: Policy, version: str, *paths: str) -> Contract:
    """The contract of a version, read from a document with a GET on each path."""
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {path: {"get": {"responses": {"200": {"description": "fine"}}}} for path in paths},
    }
    return read_contract(
        document,
        source="c.yaml",
        version=version,
        digest="",
        locate=locate_for(chosen, version),
        names_version=names_version(chosen),
        neutral=chosen.neutral,
    )


def asked(chosen: Policy, version: str, *paths: str) -> dict[str, str]:
    """The address every operation is asked at."""
    found = contract(chosen, version, *paths)
    made = {}
    for key, operation in found.operations.items():
        case = draw(found, operation, seed=1, examples=1, negative=0)[0]
        made[key] = plainly(chosen, version, operation, build(chosen, operation, case, {}, overlay=True)).path
    return made


@pytest.mark.parametrize(
    ("chosen", "paths", "addresses"),
    [
        pytest.param(IN_PATH, ["/api/v1/things"], {"GET /things": "/api/v1/things"}, id="behind the prefix"),
        pytest.param(IN_PATH, ["/things"], {"GET /things": "/api/v1/things"}, id="no prefix is written anywhere"),
        pytest.param(
            IN_PATH,
            ["/api/v1/things", "/healthz", "/api/openapi.json"],
            {
                "GET /things": "/api/v1/things",
                "GET /healthz": "/healthz",
                "GET /api/openapi.json": "/api/openapi.json",
            },
            id="beside the prefix",
        ),
        pytest.param(
            IN_PATH,
            ["/api/v1/things", "/api/v2/things", "/api/v2/more", "/healthz"],
            {"GET /things": "/api/v1/things", "GET /healthz": "/healthz"},
            id="of several versions",
        ),
        pytest.param(IN_PATH, ["/api/v1"], {"GET /": "/api/v1"}, id="the prefix itself"),
        pytest.param(IN_PATH, ["/api/v1/"], {"GET /": "/api/v1/"}, id="the prefix and a slash"),
        pytest.param(IN_HEADER, ["/api"], {"GET /": "/api"}, id="the base path itself"),
        pytest.param(
            IN_HEADER,
            ["/api/things", "/healthz"],
            {"GET /things": "/api/things", "GET /healthz": "/api/healthz"},
            id="no version in the path",
        ),
        pytest.param(
            IN_PATH, ["/api/{version}/things"], {"GET /things": "/api/v1/things"}, id="the version is a parameter"
        ),
        pytest.param(
            IN_PATH, ["/api/{api-version}/things"], {"GET /things": "/api/v1/things"}, id="whatever it is called"
        ),
        pytest.param(IN_PATH, ["/api/v{version}/things"], {"GET /things": "/api/v1/things"}, id="a part of it is"),
        pytest.param(
            IN_PATH,
            ["/api/{version}/things", "/healthz"],
            {"GET /things": "/api/v1/things", "GET /healthz": "/healthz"},
            id="beside a parameter",
        ),
        pytest.param(IN_PATH, ["/api/x{version}/things"], {}, id="a parameter that this version is none of"),
        pytest.param(
            policy(PATH, HEADER, base_path="/api"),
            ["/api/v1/things", "/api/things"],
            {"GET /things": "/api/v1/things"},
            id="the same behind the prefix and beside it",
        ),
    ],
)
def test_an_operation_is_asked_where_its_document_says(
    chosen: Policy, paths: list[str], addresses: dict[str, str]
) -> None:
    """What begins with the version's prefix is asked behind it, what does not as it stands, and the prefix itself without a slash."""
    assert asked(chosen, "v1", *paths) == addresses


def test_a_parameter_of_an_operation_is_not_taken_for_the_version() -> None:
    """`{version}` behind the prefix is data."""
    found = contract(IN_PATH, "v1", "/api/v1/releases/{version}")

    assert [operation.path_parameters for operation in found.operations.values()] == [("version",)]


def test_what_stands_beside_the_prefix_has_no_version() -> None:
    """Such an operation is neutral, so that nobody writes a version into its requests, and no check looks for one."""
    found = contract(IN_PATH, "v1", "/api/v1/things", "/healthz")

    assert {key: operation.neutral for key, operation in found.operations.items()} == {
        "GET /things": False,
        "GET /healthz": True,
    }


def test_the_prefix_itself_is_recognised() -> None:
    """A request to the prefix belongs to the operation that stands there."""
    found = contract(IN_PATH, "v1", "/api/v1")
    request = Request(method="GET", path="/api/v1")

    assert locate_for(IN_PATH, "v1")(request.path) == "/"
    assert found.match("GET", "/") is found.operations["GET /"]
