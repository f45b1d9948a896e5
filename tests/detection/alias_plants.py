"""Around Vellocity's unversioned paths: honest ways of what stands beside an alias, of lists that name it, and of pages that ask first, and bugs next to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.detection.forms import says
from tests.detection.plants import Environ, Plant, Wsgi, answering

_CARRIERS = 'carriers = ["path"]\n'


def _prefix_ends(environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
    """One filter in front of all unversioned paths announces their end, on those that never were, too."""
    if environ["PATH_INFO"].startswith("/api/") and not environ["PATH_INFO"].startswith("/api/v"):
        headers.setdefault("Deprecation", "true")
    return body


def _history(*names: str) -> Callable[[Wsgi], Wsgi]:
    """A document that names whatever the API ever had."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if environ["PATH_INFO"] != "/api/history":
                return app(environ, start_response)
            body = json.dumps({"history": [{"name": name} for name in names]}).encode()
            start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
            return [body]

        return wrapped

    return wrap


def _listing(stages: str, *names: str) -> Plant:
    line = f'lists = [{{ path = "/api/history", pointer = "/history/*/name", stages = [{stages}], required = true }}]\n'
    return Plant(wrap=_history(*names), folder=says(_CARRIERS, _CARRIERS + line))


def _echoing(beside: str = "") -> Plant:
    """A server that names the version in a header where the path does, and there alone."""

    def edit(environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
        if said := "v1" if environ["PATH_INFO"].startswith("/api/v1/") else beside:
            headers["X-Served-By"] = said
        return body

    return answering(edit, folder=says(_CARRIERS, _CARRIERS + 'echo = { header = "X-Served-By", aliases = false }\n'))


def _browsers(but: str = "nothing") -> Plant:
    """A filter in front that answers the preflights of a page, but for those of some paths; the policy promises them."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            asks = environ["REQUEST_METHOD"] == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ
            if not asks or but in environ["PATH_INFO"]:
                return app(environ, start_response)
            start_response("204 No Content", [("Access-Control-Allow-Origin", "*")])
            return []

        return wrapped

    return Plant(wrap=wrap, folder=says(_CARRIERS, _CARRIERS + 'preflight = "https://app.vellocity.example"\n'))


_ALL = '"live", "deprecated", "sunset"'

HONEST_ALIASES: Mapping[tuple[str, str], Plant] = {
    ("vellocity", "whole-prefix-announces-its-end"): answering(_prefix_ends),
    ("vellocity", "list-names-the-alias"): _listing('"live", "deprecated"', "unversioned", "v1"),
    ("vellocity", "list-keeps-what-is-gone"): _listing(_ALL, "unversioned", "v1"),
    ("vellocity", "pages-ask-first"): _browsers(),
    ("vellocity", "alias-names-no-version"): _echoing(),
}
"""By policy and name of the form."""

DAYS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("vellocity", "whole-prefix-announces-its-end"): ("2026-06-15",),
    ("vellocity", "list-names-the-alias"): ("2026-06-15",),
    ("vellocity", "list-keeps-what-is-gone"): ("2026-11-20",),
    ("vellocity", "pages-ask-first"): ("2026-11-20",),
    ("vellocity", "alias-names-no-version"): ("2026-06-15",),
}
"""When each form is held to its policy."""

ALIASES: Mapping[tuple[str, str], Plant] = {
    ("vellocity", "list-names-the-gone-alias"): _listing('"live", "deprecated"', "unversioned", "v1"),
    ("vellocity", "list-of-all-forgets-v1"): _listing(_ALL, "unversioned"),
    ("vellocity", "pages-may-not-ask-for-receipts"): _browsers(but="receipts"),
    ("vellocity", "alias-that-need-not-names-v9"): _echoing("v9"),
}
"""By policy and name of the bug."""
