"""Documents at an address: its password is shown to nobody and sent to no other host, and nothing comes from the environment."""

from __future__ import annotations

import base64
import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.cli import main
from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.comparison.sources import read_source, shown_source

DOCUMENT = json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}).encode()


class Host:
    """A server: what it was asked, with the credentials it got, and where it redirects to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.elsewhere = ""
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked.append((self.path, self.headers["Authorization"]))
                places = {"/away": host.elsewhere, "/here": "/openapi.json", "/loop": "/loop"}
                if self.path in places:
                    self.send_response(302)
                    self.send_header("Location", places[self.path])
                else:
                    self.send_response(200 if self.path.startswith("/openapi.json") else 404)
                self.end_headers()
                self.wfile.write(DOCUMENT)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.place = f"127.0.0.1:{self.server.server_address[1]}"


@contextlib.contextmanager
def hosts(number: int) -> Iterator[list[Host]]:
    """Servers that run."""
    found = [Host() for _ in range(number)]
    for each in found:
        threading.Thread(target=each.server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield found
    finally:
        for each in found:
            each.server.shutdown()
            each.server.server_close()


def test_a_password_is_shown_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    """A failure of `apiversion diff http://user:pw@…` says where, and with whose name and password not."""
    with hosts(1) as (host,):
        code = main(["diff", f"http://us3r:pa55@{host.place}/none?token=s3cr3t&v=2", "-"])

    said = capsys.readouterr()
    assert code == 2
    assert said.err == f"http://…@{host.place}/none?token=…&v=2: answered 404\n"
    assert host.asked == [("/none?token=s3cr3t&v=2", f"Basic {base64.b64encode(b'us3r:pa55').decode()}")]


def test_a_redirect_to_another_host() -> None:
    """It is not followed, and said."""
    with hosts(2) as (host, other):
        host.elsewhere = f"http://{other.place}/openapi.json"
        with pytest.raises(PolicyError, match="which is another host and was not asked") as caught:
            read_source(f"http://us3r:pa55@{host.place}/away", BytesIO())

    assert not other.asked
    assert "pa55" not in str(caught.value)


def test_a_redirect_on_the_same_host() -> None:
    """It is followed, with the same credentials; one that leads to itself is not followed for ever."""
    with hosts(1) as (host,):
        assert read_source(f"http://us3r:pa55@{host.place}/here", BytesIO())["openapi"] == "3.1.0"
        assert [path for path, _ in host.asked] == ["/here", "/openapi.json"]
        assert len({sent for _, sent in host.asked}) == 1
        with pytest.raises(PolicyError, match="was redirected 5 times"):
            read_source(f"http://{host.place}/loop", BytesIO())


def test_nothing_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither a `.netrc` nor a proxy of the environment is used."""
    netrc = tmp_path / "netrc"
    netrc.write_text("default login us3r password pa55\n", "utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    with hosts(2) as (host, proxy):
        monkeypatch.setenv("http_proxy", f"http://{proxy.place}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        read_source(f"http://{host.place}/openapi.json", BytesIO())

    assert host.asked == [("/openapi.json", None)]
    assert not proxy.asked


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("openapi.json", "openapi.json"),
        ("git:main:a?token=b", "git:main:a?token=b"),
        ("HTTPS://a:b@c@host/x", "HTTPS://…@host/x"),
        ("https://host/x?api_key=1&b=2#f", "https://host/x?api_key=…&b=2#f"),
    ],
)
def test_how_a_source_is_shown(source: str, shown: str) -> None:
    """Names and passwords before a host, and what a query calls a key, are left out."""
    assert shown_source(source) == shown
