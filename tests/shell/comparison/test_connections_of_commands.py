"""`diff`, `freeze` and `init` connect as a run does: own authorities, client certificates, proxies by option, and nothing of the environment unasked."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from pytest_apiversion.cli import main
from tests.shell.certificates import encrypted, secure, self_signed
from tests.shell.hostile import answering, reply, serving

PATHS = {"/v1/things": {"get": {"responses": {"200": {"description": "x"}}}}}
DOCUMENT = json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": PATHS}).encode()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for `localhost` that is its own authority, with its key in the same file."""
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def old(tmp_path: Path) -> str:
    """A document in a file."""
    (tmp_path / "old.json").write_bytes(DOCUMENT)
    return str(tmp_path / "old.json")


def test_diff_believes_whom_it_is_told_to(certificate: Path, old: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without an option the document is not fetched, and the ways out are named; `--ca` believes one, `--insecure` all, with a warning."""
    with serving(encrypted(certificate, answering(reply(DOCUMENT, "Content-Type: application/json")))) as server:
        address = f"{secure(server.base_url)}/openapi.json"
        assert main(["diff", old, address]) == 2
        refused = capsys.readouterr().err
        assert "TLS failed: its certificate is not accepted" in refused
        assert "--ca of a command (docs/guides/staging.md#tls)" in refused
        assert main(["diff", old, address, f"--ca={certificate}"]) == 0
        assert capsys.readouterr().err == ""
        assert main(["diff", old, address, "--insecure"]) == 0
        assert "warning: TLS certificates are not verified (--insecure)" in capsys.readouterr().err


def test_diff_asks_through_the_proxy_it_is_told_of(
    old: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its address, or by that of the environment, which is not asked unless somebody says so."""
    with serving(answering(reply(DOCUMENT, "Content-Type: application/json"))) as proxy:
        for name in ("HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, proxy.base_url)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        address = "http://shop.invalid/openapi.json"
        assert main(["diff", old, address]) == 2
        assert proxy.requests == []
        assert main(["diff", old, address, "--proxy=environment"]) == 0
        assert main(["diff", old, address, f"--proxy={proxy.base_url}"]) == 0
        assert len(proxy.requests) == 2
    assert "could not be fetched" in capsys.readouterr().err


POLICY = """[api]
name = "Shop"
base_url = "http://127.0.0.1:9"

[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/{version}" }

[versions.v1]
contract = "v1.json"
"""


def test_freeze_connects_the_same_way(certificate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It believes an authority that an option or the policy names, all with a warning, and asks through a proxy it is told of."""
    policy = tmp_path / "apiversion.toml"
    policy.write_text(POLICY, "utf-8")
    answer = answering(reply(DOCUMENT, "Content-Type: application/json"))
    words = ["freeze", "--check", "--version=v1", f"--policy={policy}"]
    with serving(encrypted(certificate, answer)) as server:
        address = f"{secure(server.base_url)}/openapi.json"
        assert main([*words, address]) == 2
        assert "TLS failed: its certificate is not accepted" in capsys.readouterr().err
        assert main([*words, address, f"--ca={certificate}"]) == 0
        assert capsys.readouterr() == ("would freeze v1 in v1.json and apiversion.lock\n", "")
        assert main([*words, address, "--insecure"]) == 0
        assert "warning: TLS certificates are not verified (--insecure)" in capsys.readouterr().err
        policy.write_text(f'{POLICY}\n[requests.tls]\nca = "{certificate}"\n', "utf-8")
        assert main([*words, address]) == 0
    with serving(answer) as proxy:
        assert main([*words, "http://shop.invalid/openapi.json", f"--proxy={proxy.base_url}"]) == 0


def test_init_connects_the_same_way(
    certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It looks at a service of an authority of its own, and tells the run the same."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    with serving(encrypted(certificate, answering(reply(DOCUMENT, "Content-Type: application/json")))) as server:
        words = ["init", secure(server.base_url), f"--policy={tmp_path / 'apiversion.toml'}", "--yes", "--no-run"]
        assert main(words) == 2
        assert "name its authority by `ca` in [requests.tls], or --ca of a command" in " ".join(
            capsys.readouterr().err.split()
        )
        assert main([*words, f"--ca={certificate}"]) == 0
    assert f"--apiversion-ca={certificate}" in capsys.readouterr().out.replace("\n", "")


def test_init_asks_a_path_that_may_be_a_document_the_same_way(
    certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An address with a path and no ending is asked for the document itself, by the connection that was told."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    with serving(encrypted(certificate, answering(reply(DOCUMENT, "Content-Type: application/json")))) as server:
        words = ["init", f"{secure(server.base_url)}/docs", f"--policy={tmp_path / 'apiversion.toml'}", "--yes"]
        assert main([*words, "--no-run", f"--ca={certificate}"]) == 0
    assert "found /docs: T" in capsys.readouterr().out


@pytest.mark.parametrize("scheme", ["http://", ""])
def test_init_shows_no_password_of_a_proxy(scheme: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line of the next run has the proxy without its name and password, however its address is written."""
    with serving(answering(reply(DOCUMENT, "Content-Type: application/json"))) as proxy:
        words = ["init", "http://shop.invalid", f"--policy={tmp_path / 'apiversion.toml'}", "--yes", "--no-run"]
        assert main([*words, f"--proxy={proxy.base_url.replace('http://', f'{scheme}me:s3cr3t-T0ken@')}"]) == 0
    said = capsys.readouterr()
    assert "--apiversion-proxy=" in said.out
    assert "s3cr3t" not in said.out + said.err + (tmp_path / "apiversion.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("option", "why"),
    [
        ("--ca=nowhere.pem", "argument --ca: there is no file 'nowhere.pem'"),
        ("--proxy=socks5://me:s3cr3t@x", "argument --proxy: it is asked by socks5"),
    ],
)
def test_what_cannot_be(option: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there, and a proxy that is not spoken to, are said before anything is asked, without what may be secret."""
    with pytest.raises(SystemExit):
        main(["diff", "a.json", "b.json", option])
    said = capsys.readouterr().err
    assert why in said
    assert "s3cr3t" not in said
