"""`apiversion init` where the document itself asks for a credential: what is looked for in the environment, and what is said where it is not there."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from pytest_apiversion.cli import main
from tests.apps.kit import serving
from tests.shell.running import run_file
from tests.shell.servers.kit import document, operation, reply

THINGS = {"/v1/things": {"get": operation({200: {"type": "array"}, 401: {"type": "object"}})}}
PAIR = base64.b64encode(b"ann:secret").decode()
SCHEME = {"components": {"securitySchemes": {"HTTPBasic": {"type": "http", "scheme": "basic"}}}}
NAMED = document(THINGS, security=[{"HTTPBasic": []}], **SCHEME)
OPENED = {
    "the-document-names-the-scheme": (NAMED, 'Basic realm="x"', "BASIC", PAIR),
    "the-document-says-nothing": (document(THINGS), "Basic", "BASIC", PAIR),
    "another-kind": (document(THINGS), "Bearer", "BEARER", "abcdefgh"),
}


def _behind(described: Any, asks: str) -> Any:
    """A service all of which asks for a credential."""

    @Request.application
    def answer(request: Request) -> Response:
        if request.headers.get("Authorization") not in {f"Basic {PAIR}", "Bearer abcdefgh"}:
            return reply({}, 401, WWW_Authenticate=asks)
        if request.path == "/openapi.json":
            return reply(described)
        return reply([]) if request.path == "/v1/things" else reply({}, 404)

    return answer


@pytest.mark.parametrize("name", OPENED)
def test_what_the_environment_has_opens_it(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable called like what is asked for is sent, and named in the policy, whatever the document calls its scheme."""
    described, asks, variable, value = OPENED[name]
    monkeypatch.setenv(variable, value)
    monkeypatch.delenv("HTTPBASIC", raising=False)
    policy = tmp_path / "apiversion.toml"
    with serving(_behind(described, asks)) as url:
        assert main(["init", url, "--policy", str(policy), "--no-run"]) == 0
        result = run_file(policy, {variable: value}, max_examples=2)

    assert f'value = "{variable.title()} ${{{variable}}}"' in policy.read_text("utf-8")
    assert result.said == []


@pytest.mark.parametrize(
    ("asks", "variable", "said"),
    [
        ("Basic", "", "ask for Basic credentials: export BASIC=$(printf %s user:password | base64) and run this "),
        ('Negotiate, Basic realm="a, b"', "", "ask for Basic credentials: "),
        ("bearer", "", "ask for Bearer credentials: export BEARER=… and run this command once more, or give the "),
        ("Basic", "BASIC", "most of them answer 401 to what BASIC holds"),
        ("Digest", "BASIC", "most of them answer 401, so give the document's file with --base-url"),
    ],
)
def test_what_is_missing_is_named(
    asks: str,
    variable: str,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the service asks for becomes a line for the shell; what is not taken is named by its variable."""
    monkeypatch.delenv("BASIC", raising=False)
    monkeypatch.delenv("BEARER", raising=False)
    if variable:
        monkeypatch.setenv(variable, "bm8=")
    with serving(_behind(document(THINGS), asks)) as url:
        assert main(["init", url, "--policy", str(tmp_path / "apiversion.toml"), "--no-run"]) == 2

    assert said in " ".join(capsys.readouterr().err.split())


def test_a_password_in_the_address_has_a_place_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused, since commands are seen by others, and the way that works is named."""
    assert main(["init", "http://ann:secret@127.0.0.1:9", "--policy", str(tmp_path / "a.toml")]) == 2

    said = " ".join(capsys.readouterr().err.split())
    assert "export BASIC=$(printf %s user:password | base64) and give the address without them" in said
    assert "secret" not in said


def test_a_basic_credential_is_said_to_be_in_base64(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name and a password as they are typed would not be taken."""
    monkeypatch.delenv("HTTPBASIC", raising=False)
    policy, source = tmp_path / "apiversion.toml", tmp_path / "shop.json"
    source.write_bytes(reply(NAMED).get_data())
    with serving(_behind({}, "Basic")) as url:
        assert main(["init", str(source), "--base-url", url, "--policy", str(policy)]) == 0

    said = " ".join(capsys.readouterr().out.split())
    assert "set HTTPBASIC: user:password in Base64, the credential of the contract's scheme HTTPBasic" in said
    assert "next: export HTTPBASIC=$(printf %s user:password | base64), and run this command once more" in said
