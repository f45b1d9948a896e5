"""`apiversion init` on services that differ: a header of their own name, a document at an odd place, everything locked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.cli import main
from tests.apps.kit import serving
from tests.shell.running import run_file
from tests.shell.servers.kit import Refused, document, error, operation, parameter, record, reply

THING = record(id={"type": "string"}, name={"type": "string"})
DATES = ("2025-06-01", "2026-03-15")
ERROR = {"type": "object", "required": ["error"]}
App = Callable[[Request], Response]


def _things(path: str = "/things", *more: Any) -> dict[str, Any]:
    return {path: {"get": operation({200: {"type": "array", "items": THING}, 400: ERROR}, parameters=more)}}


def _answer(path: str, name: str = "one") -> Response:
    if path == "/things":
        return reply([{"id": "t1", "name": name}])
    raise error(404)


def _dated(request: Request) -> Response:
    """A header that is called after the shop; `/healthz` knows of no version."""
    if request.path == "/healthz":
        return reply({})
    if request.path == "/openapi.json":
        named = parameter("Shop-Version", "header", {"type": "string", "enum": list(DATES)}, required=False)
        health = {"/healthz": {"get": operation({200: {"type": "object"}})}}
        return reply(document({**health, **_things("/things", named)}))
    if request.headers.get("Shop-Version", DATES[1]) not in DATES:
        raise error(400)
    return _answer(request.path, "one" if request.headers.get("Shop-Version") == DATES[0] else "two")


def _undeclared(request: Request) -> Response:
    """The same without the parameter: the answers have the header."""
    if request.path == "/openapi.json":
        paths = {"/healthz": {"get": operation({200: {"type": "object"}})}, **_things()}
        return reply({**document(paths), "info": {"title": "Undeclared", "version": DATES[1]}})
    answer = _dated(request)
    if request.path != "/healthz":
        answer.headers["Shop-Version"] = request.headers.get("Shop-Version", DATES[1])
    return answer


def _query(request: Request) -> Response:
    """A query parameter that every request needs, behind `/api`; the document is linked from a page."""
    if request.path == "/":
        return Response('<script>Ui({url: "/meta/spec.json"})</script>', content_type="text/html")
    if request.path == "/meta/spec.json":
        named = parameter("api-version", "query", {"type": "string", "enum": list(DATES)})
        return reply(document(_things("/things", named), servers=[{"url": "/api"}]))
    if request.path.startswith("/api/") and request.args.get("api-version") not in DATES:
        raise error(400)
    return _answer(request.path.removeprefix("/api"))


def _within(request: Request) -> Response:
    """The document stands in the script beside the page of swagger-ui-express."""
    if request.path == "/api-docs/":
        return Response('<script src="./swagger-ui-init.js"></script>', content_type="text/html")
    if request.path == "/api-docs/swagger-ui-init.js":
        text = json.dumps(document(_things("/v1/things")))
        script = f'window.onload = function() {{ var options = {{ "swaggerDoc": {text}, "customOptions": {{}} }}; }}'
        return Response(script, content_type="text/javascript")
    if not request.path.startswith("/v1/"):
        raise error(404)
    return _answer(request.path.removeprefix("/v1"))


SERVICES: dict[str, tuple[App, list[str]]] = {
    "dated": (
        _dated,
        [
            *('carriers = ["header"]', 'header = { name = "Shop-Version" }', 'missing = { default = "2026-03-15" }'),
            *("unknown = { reject = 400 }", "malformed = { reject = 400 }", 'neutral = ["GET /healthz"]'),
        ],
    ),
    "undeclared": (
        _undeclared,
        ['header = { name = "Shop-Version" }', "[versions.2026-03-15]", 'neutral = ["GET /healthz"]'],
    ),
    "query": (
        _query,
        [
            *('query = { name = "api-version" }', "missing = { reject = 400 }", "unknown = { reject = 400 }"),
            "[versions.2025-06-01]",
        ],
    ),
    "within": (_within, ['path = { template = "/{version}" }', "[versions.v1]"]),
}


def _wsgi(app: App) -> Any:
    def answer(environ: Any, start_response: Any) -> Any:
        try:
            response = app(Request(environ))
        except Refused as refused:
            response = refused.response
        return response(environ, start_response)

    return answer


@pytest.mark.parametrize("name", SERVICES)
def test_an_honest_service_needs_no_correction(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command finds where versions stand and what has none, and a run with what it wrote finds nothing."""
    app, lines = SERVICES[name]
    policy = tmp_path / "apiversion.toml"
    with serving(_wsgi(app)) as url:
        assert main(["init", url, "--policy", str(policy), "--no-run"]) == 0, capsys.readouterr()
        result = run_file(policy, {}, max_examples=2)

    text = policy.read_text("utf-8")
    assert [line for line in lines if line not in text] == [], text
    assert result.said == []


def test_a_document_in_a_file_is_not_asked_for(tmp_path: Path) -> None:
    """A file's name is no path of the service."""
    named = parameter("Shop-Version", "header", {"type": "string", "enum": list(DATES)})
    source = tmp_path / "shop.json"
    source.write_text(json.dumps(document(_things("/things", named))), "utf-8")
    policy = tmp_path / "apiversion.toml"
    with serving(_wsgi(_dated)) as url:
        assert main(["init", str(source), "--base-url", url, "--policy", str(policy), "--no-run"]) == 0

    assert "[versions.2025-06-01]" in policy.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "schema"),
    [("X-Client-Version", {"type": "string", "enum": ["1.0"]}), ("Shop-Version", {"type": "string", "enum": ["a"]})],
)
def test_other_versions_are_no_carriers(
    name: str, schema: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A client's version, and a parameter whose values are no versions, are left alone."""
    source = tmp_path / "shop.json"
    source.write_text(json.dumps(document(_things("/other", parameter(name, "header", schema)))), "utf-8")
    with serving(_wsgi(_dated)) as url:
        assert main(["init", str(source), "--base-url", url, "--policy", str(tmp_path / "p.toml"), "--no-run"]) == 0

    assert "no version was seen: all of it is held as one version, v1" in capsys.readouterr().out


def _locked(request: Request) -> Response:
    """Everything asks for a key."""
    raise error(401)


def _locked_but_the_document(request: Request) -> Response:
    if request.path != "/openapi.json":
        raise error(401)
    key = {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}}
    return reply(document(_things("/v1/things"), components={"securitySchemes": key}, security=[{"Key": []}]))


def test_where_everything_is_locked_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document behind a key cannot be found: its file is asked for."""
    with serving(_wsgi(_locked)) as url:
        assert main(["init", url, "--policy", str(tmp_path / "apiversion.toml"), "--no-run"]) == 2

    assert "most of them answer 401, so give the document's file with --base-url" in capsys.readouterr().err


def test_a_missing_credential_is_not_taken_for_a_wrong_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What wrong versions get is left open, the run that would fail is not begun, and the next line is named."""
    monkeypatch.delenv("KEY", raising=False)
    policy = tmp_path / "apiversion.toml"
    with serving(_wsgi(_locked_but_the_document)) as url:
        assert main(["init", url, "--policy", str(policy)]) == 0

    text = policy.read_text("utf-8")
    assert "\n# missing = " in text
    assert "\n# unknown = " in text
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "next: export KEY=…, and run this command once more: nothing was answered without a credential"


def _accepting(request: Request) -> Response:
    """As Django REST framework with drf-spectacular: versions in `Accept`, a document that names the one that was asked for, and itself."""
    found = re.search(r'version="?([^";,]*)', request.headers.get("Accept", ""))
    version = found[1] if found else "1.0"
    if version not in {"1.0", "2.0"}:
        raise error(406)
    if request.path == "/schema/":
        if request.args.get("format") == "yaml":
            raise error(406)
        named = parameter("format", "query", {"type": "string", "enum": ["json", "yaml"]}, required=False)
        own = {"/schema/": {"get": operation({200: {"type": "object"}}, parameters=[named])}}
        return reply({**document({**_things(), **own}), "info": {"title": "Garden", "version": f"1.0 ({version})"}})
    return _answer(request.path, "one" if version == "1.0" else "two")


def test_versions_that_no_document_names_are_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where unknown versions are refused, the neighbours of the one that the document names are tried; its own path is left out."""
    policy = tmp_path / "apiversion.toml"
    with serving(_wsgi(_accepting)) as url:
        assert main(["init", url, "--policy", str(policy), "--no-run"]) == 0, capsys.readouterr()
        result = run_file(policy, {}, max_examples=2)

    text = policy.read_text("utf-8")
    assert "versions 1.0, 2.0 in Accept (version)" in capsys.readouterr().out
    assert [
        line for line in ('[versions."1.0"]', '[versions."2.0"]', "unknown = { reject = 406 }") if line not in text
    ] == []
    assert '[operations.rules."GET /schema/"]\nskip = true' in text
    assert result.said == []


def test_a_few_versioned_paths_are_not_the_api(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where one path of many has a version in it, and all have the header, the header is where versions stand."""
    named = parameter("Shop-Version", "header", {"type": "string", "enum": list(DATES)})
    paths = _things("/things", named) | _things("/v2/limits", named) | _things("/other", named)
    source = tmp_path / "shop.json"
    source.write_text(json.dumps(document(paths)), "utf-8")
    with serving(_wsgi(_dated)) as url:
        assert main(["init", str(source), "--base-url", url, "--policy", str(tmp_path / "p.toml"), "--no-run"]) == 0

    assert "in the header Shop-Version" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("values", "paths", "where"),
    [
        (list(DATES), ("/v1/things", "/v1/other"), "in the header Shop-Version"),
        (list(DATES), ("/v1/things", "/v2/things"), "versions v1, v2 in /{version}"),
        (["1.0"], ("/v1/things", "/v1/other"), "versions v1 in /{version}"),
    ],
    ids=["dates-below-one-path", "several-paths", "no-dates"],
)
def test_dates_below_the_only_version_of_the_paths_are_the_versions(
    values: list[str], paths: Sequence[str], where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As Stripe has it: `/v1` stays, and a header with a date tells the versions apart."""
    named = parameter("Shop-Version", "header", {"type": "string", "enum": values}, required=False)
    source = tmp_path / "shop.json"
    source.write_text(json.dumps(document({key: row for path in paths for key, row in _things(path, named).items()})))
    with serving(_wsgi(_dated)) as url:
        assert main(["init", str(source), "--base-url", url, "--policy", str(tmp_path / "p.toml"), "--no-run"]) == 0

    assert where in " ".join(capsys.readouterr().out.split())
