"""A write of the run that switches off the run's own credential: named once, and what comes after it is not tried."""

from __future__ import annotations

import json

import pytest
from werkzeug.wrappers import Request, Response

from tests.apps.kit import serving
from tests.shell.servers.kit import document, operation, record, reply

NAMES = [f"/v1/{name}" for name in ("ants", "bees", "cats", "dogs", "eels", "foxes", "gnats", "hens")]
KEY = {"components": {"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}}}
ERROR = record(error={"type": "string"})
LIST = operation({200: {"type": "array", "items": {"type": "string"}}, 401: ERROR, 422: ERROR})
SETTINGS = operation({200: {"type": "object"}, 401: ERROR, 422: ERROR}, body={"type": "object"})
POLICY = """
[api]
name = "Lists"
base_url = "${LISTS_URL}"

[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/{version}" }

[versions.v1]
contract = "v1.json"

[credentials.Key]
header = "X-Key"
value = "${LISTS_KEY}"
"""


class _Lists:
    """Lists behind a key, and settings, in which the key may be switched off."""

    def __init__(self, *, locks: bool) -> None:
        self.locks, self.locked = locks, False

    def __call__(self, request: Request) -> Response:
        if request.headers.get("X-Key") != "a-long-key" or self.locked:
            return reply({"error": "keys of this kind are switched off" if self.locked else "no key"}, 401)
        if request.path in NAMES:
            return reply(["one"]) if request.method == "GET" else Response("", 405, {"Allow": "GET"})
        if request.path != "/v1/a-settings":
            return reply({"error": "nothing"}, 404)
        if request.method != "POST":
            return Response("", 405, {"Allow": "POST"})
        if not isinstance(request.get_json(force=True, silent=True), dict):
            return reply({"error": "no object"}, 422)
        self.locked = self.locks
        return reply({})


def _run(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, *, locks: bool) -> pytest.RunResult:
    described = document(
        {"/v1/a-settings": {"post": SETTINGS}, **{name: {"get": LIST} for name in NAMES}}, security=[{"Key": []}], **KEY
    )
    (suite.path / "apiversion.toml").write_text(POLICY, "utf-8")
    (suite.path / "v1.json").write_text(json.dumps(described), "utf-8")
    lists = _Lists(locks=locks)
    monkeypatch.setenv("LISTS_KEY", "a-long-key")
    with serving(Request.application(lists)) as url:
        monkeypatch.setenv("LISTS_URL", url)
        given = ("--hypothesis-seed=7", "--apiversion-database=none", "--tb=no", "-rN")
        return suite.runpytest_inprocess("apiversion.toml", *given)


def test_the_write_is_named_once(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of a finding for each operation that comes after it; and the run is not green."""
    result = _run(pytester, monkeypatch, locks=True)

    said = [line for line in result.outlines if "taken at first, and no longer" in line]
    assert len(said) == 1, result.outlines
    assert "the last write that was taken before is POST /a-settings" in said[0]
    assert result.parseoutcomes()["skipped"] >= 2
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_many_401_of_a_credential_that_is_taken_are_no_reason(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests without a key are refused in every item."""
    result = _run(pytester, monkeypatch, locks=False)

    assert "failed" not in result.parseoutcomes(), result.outlines
    assert "skipped" not in result.parseoutcomes()
