"""Bugs of version selection, planted in front of an honest server: a gateway or a parser that reads what it should not."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi, copied


def _health_needs_a_version(app: Wsgi) -> Wsgi:
    """The health check goes through what refuses requests without a version."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/healthz" and "HTTP_AUGNO_VERSION" not in environ:
            environ["PATH_INFO"] = "/v1/core/customers"
        return app(environ, start_response)

    return wrapped


def _health_reads_a_version(app: Wsgi) -> Wsgi:
    """The health check refuses a version it does not know."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/healthz" and environ.get("HTTP_AUGNO_VERSION", "2.0.forge") != "2.0.forge":
            start_response("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error": {"code": "version_unknown", "message": "no such version", "request_id": "req_0"}}']
        return app(environ, start_response)

    return wrapped


def _without_leave(app: Wsgi) -> Wsgi:
    """Browsers may send a credential, and no version."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "OPTIONS" or "HTTP_ORIGIN" not in environ:
            return app(environ, start_response)
        headers = [
            ("Access-Control-Allow-Origin", environ["HTTP_ORIGIN"]),
            ("Access-Control-Allow-Headers", "Authorization"),
        ]
        start_response("204 No Content", headers)
        return []

    return wrapped


def _to_browsers(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """The policy promises to serve browsers, too."""
    said = '[versioning]\npreflight = "https://app.augno.example"\n'
    return copied(folder, "apiversion.toml", lambda text: text.replace("[versioning]\n", said), locked=False)


def _rerouted(old: str, new: str, version: str | None = None) -> Plant:
    """A router to which one path is another, and which takes it to be of a version of its own."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if environ["PATH_INFO"].startswith(old):
                environ["PATH_INFO"] = new + environ["PATH_INFO"].removeprefix(old)
                environ |= {"HTTP_AUGNO_VERSION": version} if version else {}
            return app(environ, start_response)

        return wrapped

    return Plant(wrap=wrap)


def _query_beats_path(app: Wsgi) -> Wsgi:
    """A gateway that knows a query parameter, and puts its version into the path."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if found := re.search(r"(?:^|&)api-version=(v[0-9])(?:&|$)", environ.get("QUERY_STRING", "")):
            environ["PATH_INFO"] = re.sub("^/v[0-9]+(?=/)", f"/{found[1]}", environ["PATH_INFO"])
        return app(environ, start_response)

    return wrapped


def _newest_of_a_codename(app: Wsgi) -> Wsgi:
    """A gateway that looks at the codename only, and asks for its newest version."""
    newest, declared = {"forge": "2.0.forge", "crucible": "0.0.crucible"}, ("1.0.forge", "1.1.forge")

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        text = environ.get("HTTP_AUGNO_VERSION", "")
        if text not in declared and (found := re.fullmatch(r"[0-9]+\.[0-9]+\.([a-z]+)", text)) and found[1] in newest:
            environ["HTTP_AUGNO_VERSION"] = newest[found[1]]
        return app(environ, start_response)

    return wrapped


def _bare_accept(app: Wsgi) -> Wsgi:
    """A parser of `Accept` that knows a parameter only as the documentation writes it, behind a space."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["HTTP_ACCEPT"] = environ.get("HTTP_ACCEPT", "*/*").replace(";version=", ";x=")
        return app(environ, start_response)

    return wrapped


SELECTING: Mapping[tuple[str, str], Plant] = {
    ("augno", "health-needs-a-version"): Plant(wrap=_health_needs_a_version),
    ("augno", "health-reads-a-version"): Plant(wrap=_health_reads_a_version),
    ("augno", "preflight-needs-a-version"): Plant(folder=_to_browsers),
    ("augno", "preflight-forbids-the-version"): Plant(folder=_to_browsers, wrap=_without_leave),
    ("augno", "v2-of-the-path-served"): _rerouted("/v2/", "/v1/"),
    ("augno", "v2-of-the-path-selects"): _rerouted("/v2/", "/v1/", "2.0.forge"),
    ("aragora", "accept-needs-a-space"): Plant(wrap=_bare_accept),
    ("augno", "newest-of-a-codename-answers"): Plant(wrap=_newest_of_a_codename),
    ("moonborn", "query-beats-path"): Plant(wrap=_query_beats_path),
}
"""By policy and name of the bug."""
