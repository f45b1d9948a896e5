"""Bugs that only writes show: what chooses the version of a `POST`, a `PATCH` or a `DELETE` is not what chooses that of a `GET`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi
from tests.detection.rewriting import merged, rewriting

_IN_PATH = re.compile("^/api/v[12](?=/)")


def _writing(change: Callable[[Environ], None], *, method: str = "POST") -> Callable[[Wsgi], Wsgi]:
    """What rewrites the writes of a method before the service reads them."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if environ["REQUEST_METHOD"] == method:
                change(environ)
            return app(environ, start_response)

        return wrapped

    return wrap


def _header_first(environ: Environ) -> None:
    """The header decides, though the path names a version."""
    if environ.get("HTTP_X_API_VERSION") in {"1", "2"}:
        environ["PATH_INFO"] = _IN_PATH.sub(f"/api/v{environ['HTTP_X_API_VERSION']}", environ["PATH_INFO"])


def _newest_by_default(environ: Environ) -> None:
    """Who names no version writes to the newest."""
    named = _IN_PATH.match(environ["PATH_INFO"]) or "HTTP_X_API_VERSION" in environ
    if not named and "version" not in environ.get("HTTP_ACCEPT", ""):
        environ["HTTP_X_API_VERSION"] = "2"


def _bare(environ: Environ) -> None:
    """A quoted version is not seen."""
    environ["HTTP_ACCEPT"] = re.sub(r'version="[12]"', "x=y", environ.get("HTTP_ACCEPT", ""))


def _query_first(environ: Environ) -> None:
    """A gateway puts a version of the query into the path."""
    if found := re.search(r"(?:^|&)api-version=(v[0-9])(?:&|$)", environ.get("QUERY_STRING", "")):
        environ["PATH_INFO"] = re.sub("^/v[0-9]+(?=/)", f"/{found[1]}", environ["PATH_INFO"])


def _open_to(*methods: str, path: str) -> Callable[[Wsgi], Wsgi]:
    """Whoever asks in these methods is taken for somebody: the guard was written for others."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            anonymous = "HTTP_AUTHORIZATION" not in environ and "HTTP_X_API_KEY" not in environ
            if environ["REQUEST_METHOD"] in methods and anonymous and re.fullmatch(path, environ["PATH_INFO"]):
                body = b"" if environ["REQUEST_METHOD"] == "HEAD" else b"{}"
                headers = {
                    "Content-Type": "application/json",
                    "X-Request-Id": "req_1",
                    "Content-Length": str(len(body)),
                }
                start_response("200 OK", list(headers.items()))
                return [body]
            return app(environ, start_response)

        return wrapped

    return wrap


WRITES: Mapping[tuple[str, str], Plant] = {
    ("aragora", "header-beats-path-for-writes"): Plant(wrap=_writing(_header_first)),
    ("aragora", "writes-go-to-the-newest"): Plant(wrap=_writing(_newest_by_default)),
    ("aragora", "quotes-not-read-for-writes"): Plant(wrap=_writing(_bare)),
    ("vellocity", "affiliates-open-to-head"): Plant(wrap=_open_to("HEAD", path="/api/v1/affiliates/")),
    ("vellocity", "affiliates-open-to-undeclared-methods"): Plant(
        wrap=_open_to("PUT", "PATCH", "DELETE", path="/api/v1/affiliates/")
    ),
    ("vellocity", "alias-refuses-otherwise"): Plant(
        wrap=rewriting("/api/affiliates/", merged({"error": {"message": "no"}}), method="POST", status=400)
    ),
    ("vellocity", "alias-creates-otherwise"): Plant(
        wrap=rewriting("/api/dry-run/sessions/start", merged({"turns": 1}), method="POST", status=201)
    ),
    ("aragora", "header-beats-path-for-patches"): Plant(wrap=_writing(_header_first, method="PATCH")),
    ("aragora", "header-beats-path-for-deletes"): Plant(wrap=_writing(_header_first, method="DELETE")),
    ("aragora", "patches-go-to-the-newest"): Plant(wrap=_writing(_newest_by_default, method="PATCH")),
    ("aragora", "deletes-go-to-the-newest"): Plant(wrap=_writing(_newest_by_default, method="DELETE")),
    ("aragora", "quotes-not-read-for-deletes"): Plant(wrap=_writing(_bare, method="DELETE")),
    ("moonborn", "query-beats-path-for-patches"): Plant(wrap=_writing(_query_first, method="PATCH")),
    ("moonborn", "query-beats-path-for-deletes"): Plant(wrap=_writing(_query_first, method="DELETE")),
    ("moonborn", "query-beats-path-for-writes"): Plant(wrap=_writing(_query_first)),
}
"""By policy and name of the bug."""
