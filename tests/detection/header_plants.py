"""Bugs of headers that are never there, or on the answers to some methods only, planted around an honest server."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi, answering, copied

_ROWS = """
[[headers]]
name = "X-Powered-By"
absent = true

[[headers]]
name = "X-Cache-Status"
on = ["2xx"]
methods = ["GET"]
pattern = "hit|miss"

[sunset]
"""


def _says_more(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """A policy with a header that is never there, and one on the answers to GET."""
    return copied(folder, "apiversion.toml", lambda text: text.replace("\n[sunset]\n", _ROWS), locked=False)


def _sending(*, cached: str = "GET", powered: str = "") -> Plant:
    """A server that sends the one header on the answers to a method, and the other on those with a status."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            def start(line: str, pairs: list[tuple[str, str]], *rest: Any) -> Any:
                more = [("X-Cache-Status", "miss")] if environ["REQUEST_METHOD"] == cached else []
                more += [("X-Powered-By", "Express")] if powered and line.startswith(powered) else []
                return start_response(line, [*pairs, *more], *rest)

            return app(environ, start)

        return wrapped

    return Plant(folder=_says_more, wrap=wrap)


def _short_list(_environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
    """A router that has one route for each method of a path lists that of the first one."""
    if "Allow" in headers:
        headers["Allow"] = headers["Allow"].partition(",")[0]
    return body


def _on_successes_only(app: Wsgi) -> Wsgi:
    """What adds headers runs behind the handlers, and those that raise never come to it."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(line: str, pairs: list[tuple[str, str]], *rest: Any) -> Any:
            added = ("x-api-", "x-ratelimit-") if line >= "400" else ()
            return start_response(line, [pair for pair in pairs if not pair[0].lower().startswith(added)], *rest)

        return app(environ, start)

    return wrapped


def _quiet_by_default(environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
    """Announced is what a version's router answers; who names no version never comes to it."""
    named = environ["PATH_INFO"].startswith("/api/v") or "HTTP_X_API_VERSION" in environ
    if not named and "version" not in environ.get("HTTP_ACCEPT", ""):
        headers.pop("Deprecation", None)
    return body


HEADERS: Mapping[tuple[str, str], Plant] = {
    ("girard", "headers-on-successes-only"): Plant(wrap=_on_successes_only),
    ("girard", "honest-headers-of-some-methods"): _sending(),
    ("girard", "powered-by-on-404"): _sending(powered="404"),
    ("aragora", "default-announces-nothing"): answering(_quiet_by_default),
    ("moonborn", "allow-lists-one-method"): answering(_short_list),
    ("girard", "cache-status-on-post-only"): _sending(cached="POST"),
}
"""By policy and name of the bug."""
