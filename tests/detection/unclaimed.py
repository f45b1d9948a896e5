"""Bugs of answers that fell between the checks: of an end that nobody declared, and of what an answer says of its version."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi, copied

_ECHO = 'echo = { header = "X-Served-By", versions = ["v2"] }'


def _echoing(line: str) -> Callable[[Path], contextlib.AbstractContextManager[Path]]:
    """A policy whose answers say in a header which version gave them."""

    def folder(path: Path) -> contextlib.AbstractContextManager[Path]:
        return copied(path, "apiversion.toml", lambda text: _replaced(text, line), locked=False)

    return folder


def _replaced(text: str, line: str) -> str:
    kept = [each for each in text.splitlines() if not each.startswith("echo = ")]
    kept.insert(kept.index("[versioning]") + 1, line)
    return "\n".join([*kept, ""])


def _stamped(version: Callable[[str], str]) -> Callable[[Wsgi], Wsgi]:
    """A server that stamps its answers with a version, by the path that was asked."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            stamp = ("X-Served-By", version(environ["PATH_INFO"]))
            return app(environ, lambda line, pairs, *rest: start_response(line, [*pairs, stamp], *rest))

        return wrapped

    return wrap


def _over(app: Wsgi) -> Wsgi:
    """The list of workflows of v2 is over, though no end of v2 was ever declared."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/api/v2/workflows" or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return app(environ, start_response)
        told: list[list[tuple[str, str]]] = []
        list(app(environ, lambda _, pairs, *__: told.append(pairs)))
        error = {"code": "VERSION_DEPRECATED", "message": "over", "details": {}, "hint": "/api/v2"}
        body = json.dumps({"success": False, "error": error}).encode()
        kept = [pair for pair in told[0] if pair[0].lower() != "content-length"]
        start_response("410 Gone", [*kept, ("Content-Length", str(len(body)))])
        return [body if environ["REQUEST_METHOD"] == "GET" else b""]

    return wrapped


def _alias_says_v9(path: str) -> str:
    return "v1" if path.startswith("/api/v1/") else "v9"


UNCLAIMED: Mapping[tuple[str, str], Plant] = {
    ("girard", "a-list-of-v2-is-over"): Plant(wrap=_over),
    ("aragora", "honest-stamp-of-the-platform"): Plant(folder=_echoing(_ECHO), wrap=_stamped(lambda _: "v2")),
    ("vellocity", "honest-alias-names-its-version"): Plant(
        folder=_echoing('echo = { header = "X-Served-By" }'), wrap=_stamped(lambda _: "v1")
    ),
    ("vellocity", "alias-names-another-version"): Plant(
        folder=_echoing('echo = { header = "X-Served-By" }'), wrap=_stamped(_alias_says_v9)
    ),
}
"""By policy and name of the bug."""
