"""Freezing from a suite that is not ours: its own application, its own fixture, one call."""

from __future__ import annotations

import pytest

from tests.conftest import Spawn

POLICY = """
[api]
name = "Shelf"
base_url = "${NOBODY_SETS_THIS}"

[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/{version}" }

[versions.v1]
contract = "contracts/v1.yaml"
"""
APPLICATION = """
import flask

def make_app(required):
    app = flask.Flask("shelf")
    limit = {"name": "limit", "in": "query", "required": required, "schema": {"type": "integer"}}
    operation = {"parameters": [limit], "responses": {"200": {"description": "ok"}}}
    document = {"openapi": "3.1.0", "info": {"title": "Shelf", "version": "1"}, "paths": {"/v1/books": {"get": operation}}}
    app.add_url_rule("/openapi.json", view_func=lambda: document)
    return app
"""
SUITE = """
import pathlib, threading
from wsgiref.simple_server import make_server

import pytest

from tests.conftest import Spawn
import pytest_apiversion
from shelf import make_app

POLICY = pathlib.Path(__file__).with_name("policy.toml")

@pytest.fixture
def live_url(request):
    server = make_server("127.0.0.1", 0, make_app(request.config.getoption("verbose") > 1))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()

def test_first():
    frozen = pytest_apiversion.freeze(make_app(False), policy=POLICY, version="v1")
    assert frozen.path.is_file()

def test_kept(live_url):
    pytest_apiversion.freeze(f"{live_url}/openapi.json", policy=POLICY, version="v1", check=True)
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """The suite, in a folder of its own."""
    pytester.makefile(".toml", policy=POLICY)
    pytester.makepyfile(shelf=APPLICATION, test_freeze=SUITE)
    return pytester


def test_an_application_and_a_live_server_can_be_frozen(suite: pytest.Pytester, spawn: Spawn) -> None:
    """A test freezes from the application it has, another holds what a fixture has started to it; no secret is needed."""
    spawn().assert_outcomes(passed=2)

    assert (suite.path / "apiversion.lock").is_file()


def test_a_break_fails_the_test_with_the_report(suite: pytest.Pytester, spawn: Spawn) -> None:
    """A test that calls `freeze()` fails with what breaks, where, and that nothing was written."""
    result = spawn("-vv")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*ContractBroken: error: `limit` must be there*",
            "*v1.yaml is left as it is: what is frozen as v1 may not break its clients",
        ]
    )
