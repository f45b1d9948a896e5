"""`apiversion init` on services with a route for every path, as those have it that serve an application for browsers as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.cli import main
from tests.apps.kit import serving
from tests.shell.running import run_file
from tests.shell.servers.kit import document, operation, record, reply

THING = record(id={"type": "string"}, name={"type": "string"})
DOCUMENT = document(
    {
        "/api/v1/things": {
            "get": operation({200: {"type": "array", "items": THING}}),
            "post": operation({201: THING}, body=record(name={"type": "string"})),
        }
    }
)


def _answer(request: Request, otherwise: int) -> Response:
    if request.path == "/openapi.json":
        return reply(DOCUMENT)
    if request.path != "/api/v1/things":
        status = 404 if request.method == "GET" else otherwise
        return Response('{"detail": "no"}', status, {"Allow": "GET"}, content_type="application/json")
    if request.method == "GET":
        return reply([{"id": "t1", "name": "one"}])
    if request.method != "POST":
        return Response("", 405, {"Allow": "GET, POST"})
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict) or not isinstance(body.get("name"), str):
        return Response("", 422)
    return reply({"id": "t2", "name": body["name"]}, 201)


@pytest.mark.parametrize(
    ("otherwise", "written", "found"),
    [
        pytest.param(405, "reject = [404, 405]", set[str](), id="a-page-for-every-path"),
        pytest.param(404, "reject = 404", set[str](), id="none"),
        pytest.param(200, "reject = 404", {"AV201", "AV203"}, id="every-wrong-version-takes-writes"),
    ],
)
def test_what_other_methods_get_is_seen(
    otherwise: int, written: str, found: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """405 for a write to a version nobody has is a refusal like the 404 that a reading gets; a write that is taken is none."""

    @Request.application
    def app(request: Request) -> Response:
        return _answer(request, otherwise)

    monkeypatch.chdir(tmp_path)
    with serving(app) as url:
        assert main(["init", url, "--no-run"]) == 0
        lines = Path("apiversion.toml").read_text("utf-8").splitlines()
        ran = run_file(tmp_path / "apiversion.toml", {})

    kinds = [line for line in lines if line.startswith(("missing =", "unknown =", "malformed ="))]
    assert len(kinds) == 3
    assert all(f"{{ {written} }} # seen" in line for line in kinds)
    assert ran.codes & {"AV201", "AV203"} == found
