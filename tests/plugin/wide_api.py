"""An API of many resources that takes a text for each, in two versions, on a real socket; it writes down what it is asked."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

RESOURCES = 10
"""More than it takes for another process to draw (`drawing_elsewhere.WORTH`), and than two workers need for groups."""

POLICY = """
[api]
name = "Wide"
base_url = "{url}"

[versioning]
scheme = "vN"
carriers = ["path"]
path = {{ template = "/{{version}}" }}

[versions.v1]
contract = "c.yaml"

[versions.v2]
contract = "c.yaml"
""" + "".join(f'\n[operations.rules."PUT /r{number}"]\nharmless = true\n' for number in range(RESOURCES))


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: Counter[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked[f"{self.path} {body!r}"] += 1
        self.send_response(204 if self.path.startswith(("/v1/", "/v2/")) else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PUT = do_POST  # noqa: N815  the name `http.server` asks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[Counter[str]]:
    """The API, with its policy file and contract in a folder; gives what it was asked, and how often."""
    asked: Counter[str] = Counter()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (_Answers,), {"asked": asked}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Path(folder, "c.yaml").write_text(yaml.safe_dump(_contract()), "utf-8")
    Path(folder, "apiversion.toml").write_text(POLICY.format(url=f"http://127.0.0.1:{server.server_port}"), "utf-8")
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()


def _contract() -> dict[str, object]:
    paths = {}
    for number in range(RESOURCES):
        paths[f"/r{number}"] = {method: _operation(10 + number) for method in ("post", "put")}
    return {"openapi": "3.1.0", "info": {"title": "Wide", "version": "1"}, "paths": paths}


def _operation(longest: int) -> dict[str, object]:
    schema = {"type": "string", "maxLength": longest}
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"204": {"description": "done"}},
    }
