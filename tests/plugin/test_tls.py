"""Runs against a service behind TLS that only its own clients may ask, and what the pages say of unverified certificates."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.plugin.conftest import Small, Start
from tests.shell.certificates import PASSWORD, Authority, authority, encrypted, secure
from tests.shell.hostile import Behaviour, Peer, serving
from tests.shell.proxy import carry, proxying

_TLS = f"""
[requests.tls]
ca = "certs/ca.pem"
certificate = "certs/client.crt"
key = "certs/locked.key"
password = "{PASSWORD}"
"""
_CLIENT = """
def test_things(api_client):
    assert api_client.get("/things").status_code == 200
"""


def _to(url: str) -> Behaviour:
    """Hand everything on to a service."""
    place = urlsplit(url)

    def behave(peer: Peer) -> None:
        with socket.create_connection((place.hostname or "", place.port or 0)) as there:
            carry(peer.sock, there)

    return behave


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority and what it signed."""
    return authority(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def behind(start: Start, ours: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Small]:
    """The small API behind TLS, for clients of our authority only; its policy names what that takes."""
    small = start(more=_TLS)
    with serving(encrypted(ours.server, _to(small.url), clients=ours.ca)) as server:
        monkeypatch.setenv("SMALL_URL", secure(server.base_url))
        certificates = small.pytester.path / "certs"
        certificates.mkdir()
        for path in (ours.ca, ours.client, ours.key, ours.locked):
            (certificates / path.name).write_bytes(path.read_bytes())
        yield small


def test_a_run_behind_tls(behind: Small) -> None:
    """The policy's authority, certificate and password are all a run needs, and `api_client` connects by them too."""
    behind.pytester.makepyfile(test_client=_CLIENT)

    result = behind.run("-k", "things or router")

    assert result.ret == 0, result.stdout.str()
    assert behind.api.requests
    assert "warning: TLS" not in result.stdout.str()


def test_unverified_certificates_are_warned_of(behind: Small) -> None:
    """The terminal, the JSON file, the HTML page and Markdown all say it, and that it was an option or `verify = false`."""
    files = {name: f"run.{name}" for name in ("json", "html", "markdown")}

    result = behind.run(
        "-k", "v1 and router", "--apiversion-insecure", *(f"--apiversion-{name}={file}" for name, file in files.items())
    )

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        ["warning: TLS certificates are not verified (verify = false, or --apiversion-insecure)*"]
    )
    (policy,) = json.loads((behind.pytester.path / "run.json").read_text("utf-8"))["policies"]
    assert policy["warnings"][0].startswith("TLS certificates are not verified")
    assert "TLS certificates are not verified" in (behind.pytester.path / "run.html").read_text("utf-8")
    assert "**Warning:** TLS certificates are not verified" in (behind.pytester.path / "run.markdown").read_text(
        "utf-8"
    )


def test_certificates_and_proxy_by_options(behind: Small, ours: Authority) -> None:
    """Options go before the file: another certificate takes the file's key and password away."""
    path = behind.pytester.path / "apiversion.toml"
    path.write_text(path.read_text("utf-8").replace(PASSWORD, "n0t-It"), "utf-8")
    with proxying() as proxy:
        result = behind.run(
            "-k", "v1 and router", f"--apiversion-proxy={proxy.address}", f"--apiversion-certificate={ours.client}",
            f"--apiversion-certificate-key={ours.key}", f"--apiversion-ca={ours.ca}",
        )  # fmt: skip

        result.assert_outcomes(passed=1)
        assert all(line.startswith("CONNECT localhost:") for line, _ in proxy.heads)
        assert proxy.heads


def test_what_is_wrong_is_one_sentence(behind: Small) -> None:
    """A password that does not open the key ends in a sentence that holds no password; wrong options are refused at once."""
    path = behind.pytester.path / "apiversion.toml"
    path.write_text(path.read_text("utf-8").replace(PASSWORD, "n0t-It"), "utf-8")

    result = behind.run("-k", "v1 and router")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*`password` does not open its key*"])
    assert "n0t-It" not in result.stdout.str()
    for option, sentence in (
        ("--apiversion-ca=nowhere.pem", "--apiversion-ca: there is no file 'nowhere.pem'"),
        ("--apiversion-proxy=socks5://me:s3cr3t@localhost", "--apiversion-proxy: it is asked by socks5"),
    ):
        refused = behind.run(option)
        assert refused.ret == pytest.ExitCode.USAGE_ERROR
        said = refused.stderr.str() + refused.stdout.str()
        assert sentence in said
        assert "s3cr3t" not in said


def test_nothing_unsafe_goes_through_a_proxy_elsewhere(small: Small) -> None:
    """`localhost` seen by a proxy on another machine is that machine: only safe methods are sent there."""
    result = small.run("--apiversion-proxy=http://proxy.invalid:3128", "-k", "POST", "-rs")

    result.stdout.fnmatch_lines(["*SKIPPED*"])
    assert not small.api.requests


def test_keys_that_need_others(start: Start) -> None:
    """A key or a password without a certificate is a mistake with its place."""
    small = start(more='\n[requests.tls]\nkey = "a.key"\npassword = "x"\n')

    result = small.run()

    assert result.ret != 0
    result.stdout.fnmatch_lines(["*requests.tls.key: expected a `certificate` beside it*", "*requests.tls.password: *"])
