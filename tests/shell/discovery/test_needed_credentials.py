"""Which credentials `apiversion init` writes: those that a document asks for, as comments only where the service was seen to answer without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.cli import main
from pytest_apiversion.shell.discovery.needed_credentials import schemes
from tests.apps.kit import serving
from tests.shell.servers.kit import document, error, operation, reply

KEYS = {name: {"type": "apiKey", "in": "header", "name": f"X-{name}"} for name in ("K", "L", "M")}
LIST: dict[int | str, Any] = {200: {"type": "array", "items": {"type": "object"}}, 401: {"type": "object"}}


def _asking(security: dict[str, Any], top: Any = None) -> dict[str, Any]:
    """A document: by method and path what each operation asks for, None where it says nothing itself."""
    paths: dict[str, Any] = {}
    for place, rows in security.items():
        method, path = place.split()
        described: dict[str, Any] = operation({201: {"type": "object"}, 401: {}} if method == "POST" else LIST)
        paths.setdefault(path, {})[method.lower()] = described if rows is None else {**described, "security": rows}
    made: dict[str, Any] = document(
        paths, components={"securitySchemes": KEYS}, **({} if top is None else {"security": top})
    )
    return made


K, L, M = ([{name: list[str]()}] for name in "KLM")
READS_OPEN = _asking({"GET /v1/a": [], "GET /v1/b": None, "POST /v1/a": K})
FIFTH_LOCKED = _asking({**{f"GET /v1/{name}": None for name in "abcd"}, "GET /v1/e": K})
NEVER_ASKED = _asking({"GET /v1/a": None, "POST /v1/a": None}, K)
ONE_OF_TWO = _asking({"GET /v1/a": K, "GET /v1/b": L})
OPTIONAL = _asking({"GET /v1/a": [{"K": []}, {}], "POST /v1/a": K})


@pytest.mark.parametrize(
    ("described", "locked", "commented"),
    [
        pytest.param(READS_OPEN, {"POST /v1/a": "K"}, {"K": False}, id="public-reads-and-locked-writes"),
        pytest.param(FIFTH_LOCKED, {"GET /v1/e": "K"}, {"K": False}, id="the-fifth-read-is-locked"),
        pytest.param(FIFTH_LOCKED, {}, {"K": True}, id="the-fifth-read-would-be-locked"),
        pytest.param(NEVER_ASKED, {}, {"K": True}, id="asked-for-and-not-needed"),
        pytest.param(ONE_OF_TWO, {"GET /v1/a": "K"}, {"K": False, "L": True}, id="each-scheme-by-itself"),
        pytest.param(OPTIONAL, {"POST /v1/a": "K"}, {"K": False}, id="a-read-that-may-go-without"),
    ],
)
def test_a_credential_is_a_comment_where_a_read_that_needs_it_answers_without(
    described: dict[str, Any],
    locked: dict[str, str],
    commented: dict[str, bool],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Reads that need none say nothing of it: a write, or a later read, may."""

    def app(environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        key = locked.get(f"{request.method} {request.path}")
        answer: Response = reply(described) if request.path == "/openapi.json" else reply([])
        if key and f"X-{key}" not in request.headers:
            answer = error(401).response
        elif request.path != "/openapi.json" and request.path not in described["paths"]:
            answer = error(404).response
        return answer(environ, start_response)

    for name in commented:
        monkeypatch.delenv(name, raising=False)
    with serving(app) as url:
        assert main(["init", url, "--policy", str(tmp_path / "apiversion.toml"), "--no-run"]) == 0

    lines = (tmp_path / "apiversion.toml").read_text("utf-8").splitlines()
    told = {
        name: f"# [credentials.{name}]" in lines
        for name in KEYS
        if any(f"[credentials.{name}]" in each for each in lines)
    }
    assert told == commented


@pytest.mark.parametrize(
    ("asked", "given", "needed"),
    [
        ({"GET /a": K, "POST /a": [*L, *K]}, "", ["K"]),
        ({"GET /a": [*K, *L], "GET /b": L}, "", ["L"]),
        ({"GET /a": [*K, *L]}, "L", ["L"]),
        ({"GET /a": [{"K": [], "L": []}, *M], "GET /b": K}, "", ["K", "M"]),
        ({"GET /a": [{"K": [], "L": []}, *M], "GET /b": K}, "L", ["K", "L"]),
        ({"GET /a": [*K, {}], "GET /b": []}, "", []),
    ],
)
def test_of_alternatives_one_is_needed(asked: dict[str, Any], given: str, needed: list[str]) -> None:
    """What another operation needs anyway serves all; then what the environment has."""
    assert schemes(_asking(asked), lambda name: name in given) == needed


@pytest.mark.parametrize(
    ("security", "needed"),
    [
        ([{"$ref": "#/components/x-row"}, {"L": [], "M": []}], ["K"]),
        ([5, None, []], []),
        (True, []),
        ("K", []),
        ({"K": []}, []),
    ],
)
def test_odd_rows_are_no_traceback(security: Any, needed: list[str]) -> None:
    """A row may be a reference; what is no row asks for nothing."""
    described = _asking({"GET /a": None}, security)
    described["components"]["x-row"] = {"K": []}

    assert schemes(described) == needed


@pytest.mark.parametrize("refusal", [401, 403], ids=str)
def test_one_open_read_tells_what_a_wrong_version_gets(
    refusal: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Behind many locked reads, and where a path that is not there is locked like one that is, the fifth read answers everybody."""
    described = _asking({**{f"GET /v1/{name}": None for name in "abcd"}, "GET /v1/health": []}, K)

    def app(environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        answer: Response = reply(described) if request.path == "/openapi.json" else reply({"status": "healthy"})
        if request.path not in {"/openapi.json", "/v1/health"}:
            answer = error(404 if request.path.endswith("/health") else refusal).response
        return answer(environ, start_response)

    monkeypatch.delenv("K", raising=False)
    with serving(app) as url:
        assert main(["init", url, "--policy", str(tmp_path / "apiversion.toml"), "--no-run"]) == 0

    text = (tmp_path / "apiversion.toml").read_text("utf-8")
    assert "unknown = { reject = 404 } # seen" in text
    assert "\n[credentials.K]" in text
    assert "nothing of this version answered" not in text
    assert "nothing was answered without" not in capsys.readouterr().out
