"""Bugs of a version that is planned and answers already: planted around an honest server, and a policy that declares v3."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi, copied

_PLANNED = """[versions.v3]
contract = "v3.openapi.yaml"
released = 2030-01-01

[notice]
"""
_AUDIT = """paths:
  /audit:
    get:
      operationId: getAudit
      responses:
        '200':
          description: What was done.
"""
_BODY = "    WorkflowBody:\n      type: object\n      required:\n        - name\n      properties:\n"
_REGION = _BODY.replace("- name\n", "- name\n        - region\n") + "        region:\n          type: string\n"


@contextlib.contextmanager
def _with_v3(folder: Path) -> Iterator[Path]:
    """A policy with a planned v3, whose workflows have a region, and which has an audit."""
    with copied(folder, "apiversion.toml", lambda text: f"{text}\n", locked=False) as copy:
        contract = (folder / "v2.openapi.yaml").read_text("utf-8").replace("/api/v2", "/api/v3")
        contract = contract.replace("paths:\n", _AUDIT, 1).replace(_BODY, _REGION)
        (copy / "v3.openapi.yaml").write_text(contract.replace("version: 2.0.0", "version: 3.0.0"), "utf-8")
        with copied(copy, "apiversion.toml", lambda text: text.replace("[notice]\n", _PLANNED), locked=True) as planned:
            yield planned


def _routed(method: str, path: str, status: str, body: Mapping[str, Any], needs: bytes = b"") -> Callable[[Wsgi], Wsgi]:
    """What routes one operation of a planned version, where the body has these bytes in it."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if environ["REQUEST_METHOD"] != method or environ["PATH_INFO"] != path:
                return app(environ, start_response)
            sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) if method == "POST" else b""
            if needs not in sent:
                return app(environ, start_response)
            start_response(status, [("Content-Type", "application/json")])
            return [json.dumps(body).encode()]

        return wrapped

    return wrap


def _answering(method: str, path: str, status: str, body: Mapping[str, Any], needs: bytes = b"") -> Plant:
    """A server in which one operation of v3 is routed."""
    return Plant(folder=_with_v3, wrap=_routed(method, path, status, body, needs))


_INVALID = {
    "success": False,
    "error": {"code": "VALIDATION_ERROR", "message": "The page is not valid.", "details": {}, "hint": "Ask again."},
}

AHEAD: Mapping[tuple[str, str], Plant] = {
    ("girard", "honest-v3-is-planned"): Plant(folder=_with_v3),
    ("girard", "planned-v3-reads-the-query"): _answering("GET", "/api/v3/workflows", "400 Bad Request", _INVALID),
    ("girard", "planned-v3-takes-its-own-body"): _answering(
        "POST", "/api/v3/workflows", "201 Created", {"success": True, "data": {}}, b'"region"'
    ),
    ("girard", "planned-v3-has-its-audit"): _answering("GET", "/api/v3/audit", "200 OK", {"success": True}),
    ("aragora", "planned-v2-has-its-new-name"): Plant(wrap=_routed("GET", "/api/v2/agents/leaderboard", "200 OK", {})),
}
"""By policy and name of the bug."""
