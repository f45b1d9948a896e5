"""Bugs in what single operations promise that end while their version lives on, planted around the honest servers."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi, copied

_ANNOUNCING = ("x-api-deprecated", "x-api-sunset", "x-api-deprecation-notice", "deprecation", "sunset", "link")
_PUT = r"/api/v2/workflows/[^/]+"
_SCHEDULE = r"/api/v1/gtm-schedule/.*"
_RUNS = r"/api/v2/workflows/[^/]+/runs"
_CONSENSUS = "(/api/v2|/api|)/debates/[^/]+/consensus"
_RANKINGS, _LEADERBOARD = "(/api/v2|/api|)/agents/rankings", "(/api/v2|/api|)/agents/leaderboard"


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
    return kept if line.startswith("4") else pairs


def _silent_404(line: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return _silent(line, pairs) if line.startswith("404") else pairs


def _undated_404(line: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    links = [(name, value) for name, value in pairs if name.lower() == "link"]
    return [*_silent(line, pairs), *links] if line.startswith("404") else pairs


def _announced(line: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*pairs, ("X-API-Deprecated", "true")]


def _set(name: str, old: str, new: str) -> Callable[[str, list[tuple[str, str]]], list[tuple[str, str]]]:
    """A header says something else."""

    def change(line: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(each, value.replace(old, new) if each.lower() == name.lower() else value) for each, value in pairs]

    return change


def _true(_: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*pairs, ("Deprecation", "true")]


def _dated(_: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*pairs, ("Deprecation", "@1798761600")]


def _away(app: Any) -> Wsgi:
    """The successor of the rankings answers as a path does that nobody has."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if re.fullmatch(_LEADERBOARD, environ["PATH_INFO"]):
            environ["PATH_INFO"] = environ["PATH_INFO"].replace("leaderboard", "nothing-here")
        answer: Iterable[bytes] = app(environ, start_response)
        return answer

    return wrapped


def _unpatched(app: Any) -> Wsgi:
    """The successor of `PUT` answers as a path does that nobody has."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "PATCH" and re.fullmatch(_PUT, environ["PATH_INFO"]):
            environ["PATH_INFO"] = environ["PATH_INFO"].replace("workflows", "nothing-here")
        answer: Iterable[bytes] = app(environ, start_response)
        return answer

    return wrapped


def _without_a_flow(app: Any) -> Wsgi:
    """The successor of the schedule answers as a path does that nobody has."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in {"GET", "HEAD"} and environ["PATH_INFO"] == "/api/v1/content-workflow/":
            environ["PATH_INFO"] = "/api/v1/nothing-here/"
        answer: Iterable[bytes] = app(environ, start_response)
        return answer

    return wrapped


@contextlib.contextmanager
def documented(folder: Path, *, marked: tuple[str, ...]) -> Iterator[Path]:
    """A policy that promises marks in the documentation, with the contract of v2 in which these operations have theirs."""

    def mark(text: str) -> str:
        for operation in marked:
            line = f"\n      operationId: {operation}\n"
            assert line in text, operation
            text = text.replace(line, f"{line}      deprecated: true\n")
        return text

    says = ("[deprecation]\n", "[deprecation]\ndocumented = true\n")
    with (
        copied(folder, "apiversion.toml", lambda text: text.replace(*says), locked=True) as once,
        copied(once, "v2.openapi.yaml", mark, locked=True) as twice,
    ):
        yield twice


def _unmarked(text: str) -> str:
    return text.replace("      deprecated: true\n      operationId: listSchedule", "      operationId: listSchedule")


PARTS: Mapping[tuple[str, str], Plant] = {
    ("girard", "patch-announces-the-end-of-put"): _headers("PATCH", _PUT, _announced),
    ("girard", "put-is-silent-on-its-404"): _headers("PUT", _PUT, _silent_404),
    ("girard", "patch-is-not-there"): Plant(wrap=_unpatched),
    ("girard", "put-names-another-end"): _headers("PUT", _PUT, _set("X-API-Sunset", "2028-10-01", "2028-10-02")),
    ("girard", "put-ends-a-day-late"): _on_another_day("PUT", _PUT, -1),
    ("girard", "put-ends-a-day-early"): _on_another_day("PUT", _PUT, 1),
    ("girard", "put-has-side-effect-after-its-end"): Plant(wrap=_effective),
    ("girard", "runs-gone-for-get-only"): _on_another_day("HEAD", _RUNS, -1),
    ("girard", "contract-silent-about-the-runs"): Plant(
        folder=lambda folder: documented(folder, marked=("replaceWorkflow",)), offline=True
    ),
    ("girard", "runs-are-silent-on-their-404"): _headers("GET|HEAD", _RUNS, _silent_404),
    ("vellocity", "schedule-leads-to-nothing"): Plant(wrap=_without_a_flow),
    ("vellocity", "schedule-gone-for-get-only"): _on_another_day("POST|PUT", r"/api/v1/gtm-schedule/.*", -1),
    ("vellocity", "contract-silent-about-the-schedule"): Plant(
        folder=lambda folder: copied(folder, "v1.openapi.yaml", _unmarked, locked=True), offline=True
    ),
    ("vellocity", "receipts-announce-the-end-of-the-schedule"): _headers("GET", r"/api/v1/invoice-receipts/?", _true),
    ("vellocity", "schedule-is-silent-on-its-errors"): _headers(".*", _SCHEDULE, _silent),
    ("vellocity", "schedule-ends-a-day-late"): _on_another_day(".*", _SCHEDULE, -1),
    ("vellocity", "schedule-ends-a-day-early"): _on_another_day(".*", _SCHEDULE, 1),
    ("aragora", "leaderboard-announces-the-end-of-the-rankings"): _headers("GET", _LEADERBOARD, _dated),
    ("aragora", "consensus-is-silent-on-its-404"): _headers("GET|HEAD", _CONSENSUS, _undated_404),
    ("aragora", "consensus-gone-for-get-only"): _on_another_day("HEAD", _CONSENSUS, -1),
    ("aragora", "contract-silent-about-the-consensus"): Plant(
        folder=lambda folder: documented(folder, marked=("getRankings",)), offline=True
    ),
    ("aragora", "rankings-end-a-day-late"): _on_another_day(".*", _RANKINGS, -1),
    ("aragora", "rankings-end-a-day-early"): _on_another_day(".*", _RANKINGS, 1),
    ("aragora", "leaderboard-is-not-there"): Plant(wrap=_away),
    ("aragora", "rankings-lead-nowhere"): _headers(
        "GET|HEAD", "/api/v2/agents/rankings|/api/agents/rankings", _set("Link", "leaderboard", "leaders")
    ),
}
"""By policy and name of the bug."""
