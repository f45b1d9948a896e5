"""Holds an installed service to the preset that describes it: honest at five seeds, then with one fault planted before it.

Every service here has the same two operations, so that their contract is the same, too. The fault is one that any framework can have:
a version nobody declared is answered as the newest is. A proxy plants it, so that the service itself stays what it is.
"""

from __future__ import annotations

import contextlib
import http.client
import http.server
import json
import re
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.shell.running import Result, run_file
from tests.world.questions import questions
from tests.world.service import Style

SEEDS = range(1, 6)
FAULT = "AV203"
"""What finds the planted fault: an unknown version is not refused."""
_HOP = {"transfer-encoding", "connection", "keep-alive", "content-length", "server", "date"}


def held(style: Style, url: str, folder: Path) -> list[str]:
    """What is wrong, in a line each: findings against the honest service, or the fault that nobody found."""
    path = _write(style, folder)
    said = []
    for seed in SEEDS:
        result = run_file(path, {"SHOP_URL": url}, seed=seed, whole=True)
        said += [f"{style.name}, seed {seed}: {line}" for line in [*result.said, *result.barren]]
    with faulty(style, url) as proxy:
        result = run_file(path, {"SHOP_URL": proxy}, seed=1, whole=True)
    return said + _missed(style, result)


def _missed(style: Style, result: Result) -> list[str]:
    return [] if FAULT in result.codes else [f"{style.name}: {FAULT} does not find the planted fault, {result.said}"]


def _write(style: Style, folder: Path) -> Path:
    """The policy file and its contracts."""
    versions = dict.fromkeys((style.oldest, style.newest))
    lines = [f'extends = "{style.preset}"', style.policy, '[api]\nname = "Things"\nbase_url = "${SHOP_URL}"']
    for version in versions:
        (folder / f"{version}.json").write_text(json.dumps(_contract(style, version)), "utf-8")
        lines.append(f'[versions."{version}"]\ncontract = "{version}.json"\n{style.lives.get(version, "")}')
    path = folder / "apiversion.toml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _contract(style: Style, version: str) -> dict[str, Any]:
    """Two operations, whose answers name the version that served; of somebody else's service, one."""
    served: dict[str, Any] = {"type": "object", "required": ["served"], "properties": {"served": {"const": version}}}
    if not style.own:
        served = {"type": "object"}
    fine = {"description": "fine", "content": {"application/json": {"schema": served}}}
    text = {"type": "string", "minLength": 1, "maxLength": 20, "pattern": "^[a-z]+$"}
    name = {"type": "object", "required": ["name"], "properties": {"name": text}}
    body = {"required": True, "content": {"application/json": {"schema": name}}}
    wrong = {"4XX": {"description": "wrong"}}
    operations: dict[str, Any] = {"get": {"responses": {"200": fine, **wrong}}}
    if style.own:
        operations["post"] = {"requestBody": body, "responses": {"2XX": fine, **wrong}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": version},
        "paths": {style.resource: operations},
    }


@contextlib.contextmanager
def faulty(style: Style, url: str) -> Iterator[str]:
    """A proxy before a service, which asks for the newest version wherever a request names one that was not declared: its base URL."""
    asked = {question.name: question for question in questions(style)}
    newest = asked["newest version"]
    place = urllib.parse.urlsplit(url)
    known = re.compile(rf"(?<![0-9.])({re.escape(style.oldest)}|{re.escape(style.newest)})(?![0-9.])")

    class Proxy(http.server.BaseHTTPRequestHandler):
        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            target, headers = self.path, list(self.headers.items())
            if self.command == "GET" and not known.search(_named(style, target, headers)):
                target, headers = newest.target, [("Host", place.netloc), *newest.headers]
            connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=10)
            connection.putrequest(self.command, target, skip_host=True, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value)
            connection.endheaders(body or None)
            answer = connection.getresponse()
            content = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else content)
            connection.close()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the standard library's name
            """Nothing is written for a request."""

    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"):
        setattr(Proxy, f"do_{method}", Proxy._pass)  # noqa: SLF001  the server looks each method up by such a name
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _named(style: Style, target: str, headers: list[tuple[str, str]]) -> str:
    """The part of a request in which its version stands."""
    if style.path or style.query:
        return target
    name = (style.header or "Accept").lower()
    return " ".join(value for each, value in headers if each.lower() == name)
