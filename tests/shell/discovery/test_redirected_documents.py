"""`apiversion init` where the usual places of documents, and pages for people, are redirected."""

from __future__ import annotations

from pathlib import Path

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.cli import main
from tests.apps.kit import serving
from tests.shell.servers.kit import document, operation, reply

DOCUMENT = document({"/v1/things": {"get": operation({200: {"type": "array"}})}})
ELSEWHERE = "http://elsewhere.invalid/schema.json"


def _to(location: str, status: int = 302) -> Response:
    return Response("", status, {"Location": location})


@pytest.mark.parametrize(
    ("redirects", "found"),
    [
        pytest.param({"/swagger.json": "/meta/schema/json/"}, "/meta/schema/json/", id="a-place"),
        pytest.param({"/swagger.json": "meta/schema/json/?as=json"}, "/meta/schema/json/", id="a-relative-place"),
        pytest.param({"/swagger.json": "{here}/meta/schema/json/"}, "/meta/schema/json/", id="an-address-of-its-own"),
        pytest.param({"/docs": "/meta/page/"}, "/meta/schema/json/", id="a-page"),
        pytest.param({"/swagger.json": ELSEWHERE, "/docs": ELSEWHERE}, "", id="another-host"),
        pytest.param({"/swagger.json": "http://[", "/docs": "/docs"}, "", id="no-address-and-itself"),
    ],
)
def test_redirects_within_the_service_lead_to_the_document(
    redirects: dict[str, str], found: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One step, and to the service itself only."""

    @Request.application
    def app(request: Request) -> Response:
        if request.path in redirects:
            return _to(redirects[request.path].format(here=request.host_url.rstrip("/")))
        if request.path == "/meta/page/":
            return Response('<script>Ui({url: "../schema/json/"})</script>', content_type="text/html")
        if request.path == "/meta/schema/json/":
            return reply(DOCUMENT)
        return reply([]) if request.path == "/v1/things" else reply({}, 404)

    with serving(app) as url:
        code = main(["init", url, "--policy", str(tmp_path / "apiversion.toml"), "--no-run"])

    said = capsys.readouterr()
    assert code == (0 if found else 2)
    assert (f"found {found}: " in said.out) if found else ("no OpenAPI document" in said.err)


def test_a_page_to_log_in_is_asked_for_once(tmp_path: Path) -> None:
    """Each place leads to it with another query."""
    asked: list[str] = []

    @Request.application
    def app(request: Request) -> Response:
        asked.append(request.path)
        if request.path == "/login":
            return Response("<form></form>", content_type="text/html")
        return _to(f"/login?next={request.path}")

    with serving(app) as url:
        assert main(["init", url, "--policy", str(tmp_path / "apiversion.toml"), "--no-run"]) == 2

    assert asked.count("/login") <= 20
