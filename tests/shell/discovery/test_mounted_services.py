"""`apiversion init` on applications that are mounted below a path, and on versions that are those of a package."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.cli import main
from pytest_apiversion.shell.target.load import load_target
from pytest_apiversion.shell.transport.applications import import_application
from tests.apps.kit import serving
from tests.shell.running import TODAY, run_file, run_target
from tests.shell.servers.kit import Refused, document, error, operation, parameter, record, reply

THING = record(id={"type": "string"}, name={"type": "string"})
NAMES: dict[int, Any] = {0: "one"}
"""What a thing is called; a fault puts a number here."""


def _things(path: str = "/things", *more: Any) -> dict[str, Any]:
    return {path: {"get": operation({200: {"type": "array", "items": THING}}, parameters=more)}}


def _described(paths: dict[str, Any], release: str = "", servers: list[dict[str, str]] | None = None) -> Response:
    """A document; of a release, with servers only where there are some."""
    said = document(paths)
    said.pop("servers", None)
    said |= {"info": {"title": "Shop", "version": release or "1"}}
    return reply(said | ({"servers": servers} if servers else {}))


def _answer(path: str) -> Response:
    if path == "/things":
        return reply([{"id": "t1", "name": NAMES[0]}])
    raise error(404)


def _copied(request: Request) -> Response:
    """Below `/api`, with a header of three numbers; outside a copy of the document whose paths are pages."""
    named = parameter("X-Shop-Api-Version", "header", {"type": "string"}, required=False)
    paths = _things("/things", named) | {"/version": {"get": operation({200: {"type": "string"}}, parameters=[named])}}
    if request.path == "/openapi.json":
        return _described(paths, "3.9.1")
    if request.path == "/api/openapi.json":
        return _described(paths, "0.1.0", [{"url": "/api"}])
    if not request.path.startswith("/api/"):
        return Response("<html>", content_type="text/html")
    asked = request.headers.get("X-Shop-Api-Version", "0.8.4")
    if not re.fullmatch(r"\d+\.\d+\.\d+", asked) or [int(each) for each in asked.split(".")] < [0, 8, 0]:
        raise error(400)
    return reply("0.8.4") if request.path == "/api/version" else _answer(request.path.removeprefix("/api"))


def _silent(request: Request) -> Response:
    """Below `/api`, of which the document says nothing; versions are in its paths."""
    if request.path == "/api/openapi.json":
        return _described(_things("/v1/things") | _things("/v2/things"))
    if re.match("/api/v[12]/", request.path):
        return _answer(request.path[len("/api/v1") :])
    raise error(404)


def _unversioned(request: Request) -> Response:
    """Below `/api`, of which the document says nothing, nor of any version."""
    if request.path == "/api/openapi.json":
        return _described(_things())
    return _answer(request.path.removeprefix("/api") if request.path.startswith("/api/") else "")


def _each_its_own(request: Request) -> Response:
    """An application for each version is mounted below its name; the documents do not say so."""
    found = re.fullmatch("/v([12])(/.*)", request.path)
    if not found:
        raise error(404)
    return _described(_things(), f"{found[1]}.0.3") if found[2] == "/openapi.json" else _answer(found[2])


def _served(request: Request) -> Response:
    """Below `/api`, as the servers of the document say."""
    if request.path == "/api/openapi.json":
        return _described(_things("/v1/things"), servers=[{"url": "/api"}])
    if request.path.startswith("/api/v1/"):
        return _answer(request.path.removeprefix("/api/v1"))
    raise error(404)


def _released(request: Request) -> Response:
    """Every answer names the release of the server, which nobody can ask for."""
    answer = _described(_things()) if request.path == "/openapi.json" else _answer(request.path)
    answer.headers["X-Version"] = "2.13.1"
    return answer


App = Callable[[Request], Response]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A service, what the command gets behind its address, and lines of the policy; `URL` is the address."""

    app: App
    lines: list[str]
    source: str = ""
    not_there: str = "nothing of this version"


CASES = {
    "copied": Case(
        app=_copied,
        lines=['base_url = "URL"', 'header = { name = "X-Shop-Api-Version" }', '[versions."0.8.4"]'],
        not_there='"0.1.0"',
    ),
    "the copy alone": Case(
        app=_copied, source="/openapi.json", lines=['base_url = "URL/api" # seen', '[versions."3.9.1"]']
    ),
    "silent": Case(
        app=_silent, lines=['base_url = "URL/api" # seen', 'path = { template = "/{version}" }', "[versions.v2]"]
    ),
    "unversioned": Case(app=_unversioned, lines=['base_url = "URL/api" # seen', 'missing = { default = "v1" }']),
    "each its own": Case(
        app=_each_its_own, lines=['base_url = "URL"\n', 'path = { template = "/{version}" }', "[versions.v2]"]
    ),
    "served": Case(app=_served, source="/api", lines=['base_url = "URL"\n', 'path = { template = "/api/{version}" }']),
    "the folder was told": Case(app=_silent, source="/api", lines=['base_url = "URL/api" # seen', "[versions.v1]"]),
    "released": Case(app=_released, lines=['header = { name = "API-Version" }'], not_there="2.13.1"),
}


def _wsgi(app: App) -> Any:
    def answer(environ: Any, start_response: Any) -> Any:
        try:
            response = app(Request(environ))
        except Refused as refused:
            response = refused.response
        return response(environ, start_response)

    return answer


@pytest.mark.parametrize("name", CASES)
def test_where_paths_are_is_found(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The policy needs no correction: an honest service has no finding, and a wrong answer is found where it is."""
    case, policy = CASES[name], tmp_path / "apiversion.toml"
    with serving(_wsgi(case.app)) as url:
        assert main(["init", f"{url}{case.source}", "--policy", str(policy), "--no-run"]) == 0, capsys.readouterr()
        honest = run_file(policy, {}, max_examples=1)
        monkeypatch.setitem(NAMES, 0, 1)
        wrong = run_file(policy, {}, max_examples=1)

    text = policy.read_text("utf-8").replace(url, "URL")
    assert [line for line in case.lines if line not in text] == [], text
    assert case.not_there not in text
    assert honest.said == []
    assert {said.partition(" ")[0] for said in map(str, wrong.said)} == {"AV301"}


def test_an_application_in_this_process_is_asked_below_its_mount(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no address to put the path into: the policy names it as the base path."""
    (tmp_path / "mounted_shop.py").write_text(
        "from tests.shell.discovery.test_mounted_services import _unversioned, _wsgi\napp = _wsgi(_unversioned)\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    policy = tmp_path / "apiversion.toml"
    assert main(["init", "app:mounted_shop:app", "--policy", str(policy), "--no-run"]) == 0, capsys.readouterr()

    assert 'base_path = "/api" # seen' in policy.read_text("utf-8")
    target = load_target(policy, {}, as_of=TODAY)
    target = dataclasses.replace(target, policy=dataclasses.replace(target.policy, base_url="http://app.invalid"))
    assert run_target(target, application=import_application("app:mounted_shop:app"), max_examples=2).said == []
