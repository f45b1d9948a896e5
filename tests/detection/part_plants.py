"""Bugs in what single operations promise that end while their version lives on, planted around the honest servers."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi, copied

_ANNOUNCING = ("x-api-deprecated", "x-api-sunset", "x-api-deprecation-notice", "deprecation", "sunset", "link")
_PUT = r"/api/v2/workflows/[^/]+"


def _on_another_day(method: str, path: str, days: int) -> Plant:
    """What asks for a path by these methods meets the service as it was, or will be, some days from now."""

    def wrap(app: Any) -> Wsgi:
        behind = type(app)(today=app.today + dt.timedelta(days=days))

        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            late = re.fullmatch(method, environ["REQUEST_METHOD"]) and re.fullmatch(path, environ["PATH_INFO"])
            answer: Iterable[bytes] = (behind if late else app)(environ, start_response)
            return answer

        return wrapped

    return Plant(wrap=wrap)


def _effective(app: Any) -> Wsgi:
    """A workflow is replaced, and then the answer is that this is over."""
    behind = type(app)(today=app.today - dt.timedelta(days=1))
    behind.store = app.store

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "PUT" and re.fullmatch(_PUT, environ["PATH_INFO"]):
            sent = environ["wsgi.input"].read()
            environ["wsgi.input"] = io.BytesIO(sent)
            list(behind(dict(environ), lambda *_: None))
            environ["wsgi.input"] = io.BytesIO(sent)
        answer: Iterable[bytes] = app(environ, start_response)
        return answer

    return wrapped


def _headers(method: str, path: str, change: Callable[[str, list[tuple[str, str]]], list[tuple[str, str]]]) -> Plant:
    """Answers to these methods at a path have other headers, by their status line."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            mine = re.fullmatch(method, environ["REQUEST_METHOD"]) and re.fullmatch(path, environ["PATH_INFO"])

            def start(line: str, pairs: list[tuple[str, str]], *rest: Any) -> Any:
                return start_response(line, change(line, pairs) if mine else pairs, *rest)

            return app(environ, start)

        return wrapped

    return Plant(wrap=wrap)


def _silent(line: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in pairs if name.lower() not in _ANNOUNCING]
    return kept if line.startswith("404") else pairs


def _announced(line: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*pairs, ("X-API-Deprecated", "true")]


def _set(name: str, old: str, new: str) -> Callable[[str, list[tuple[str, str]]], list[tuple[str, str]]]:
    """A header says something else."""

    def change(line: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(each, value.replace(old, new) if each.lower() == name.lower() else value) for each, value in pairs]

    return change


def _unmarked(text: str) -> str:
    return text.replace("      deprecated: true\n      operationId: listSchedule", "      operationId: listSchedule")


PARTS: Mapping[tuple[str, str], Plant] = {
    ("girard", "patch-announces-the-end-of-put"): _headers("PATCH", _PUT, _announced),
    ("girard", "put-is-silent-on-its-404"): _headers("PUT", _PUT, _silent),
    ("girard", "put-names-another-end"): _headers("PUT", _PUT, _set("X-API-Sunset", "2028-10-01", "2028-10-02")),
    ("girard", "put-ends-a-day-late"): _on_another_day("PUT", _PUT, -1),
    ("girard", "put-ends-a-day-early"): _on_another_day("PUT", _PUT, 1),
    ("girard", "put-has-side-effect-after-its-end"): Plant(wrap=_effective),
    ("vellocity", "schedule-gone-for-get-only"): _on_another_day("POST|PUT", r"/api/v1/gtm-schedule/.*", -1),
    ("vellocity", "contract-silent-about-the-schedule"): Plant(
        folder=lambda folder: copied(folder, "v1.openapi.yaml", _unmarked, locked=True), offline=True
    ),
    ("aragora", "rankings-lead-nowhere"): _headers(
        "GET|HEAD", "/api/v2/agents/rankings|/api/agents/rankings", _set("Link", "leaderboard", "leaders")
    ),
}
"""By policy and name of the bug."""
