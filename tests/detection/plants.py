"""Bugs no reference server has of its own: planted around the honest one, in front of it or in a copy of its policy folder."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytest_apiversion.shell.locking import lock_command

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def _as_it_is(app: Wsgi) -> Wsgi:
    return app


@contextlib.contextmanager
def _in_place(folder: Path) -> Iterator[Path]:
    yield folder


@dataclass(frozen=True, kw_only=True, slots=True)
class Plant:
    """What stands between an honest server and those who ask it.

    Attributes:
        wrap: What is put around the application.
        folder: Gives the folder the policy is read from, for one that says something else than the server does.
    """

    wrap: Callable[[Wsgi], Wsgi] = _as_it_is
    folder: Callable[[Path], contextlib.AbstractContextManager[Path]] = _in_place


def _first_of_two(app: Wsgi) -> Wsgi:
    """A version header given twice arrives as its first line."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        text = environ.get("HTTP_AUGNO_VERSION")
        if text is not None and "," in text:
            environ["HTTP_AUGNO_VERSION"] = text.partition(",")[0].strip()
        return app(environ, start_response)

    return wrapped


def _unrouted(name: str, text: str, path: str) -> Callable[[Wsgi], Wsgi]:
    """A router that lacks one path for those who name the version in one header."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if environ.get(name) == text and environ["PATH_INFO"] == path:
                environ["PATH_INFO"] = "/api/nowhere"
            return app(environ, start_response)

        return wrapped

    return wrap


def _cut_short(app: Wsgi) -> Wsgi:
    """The list of workflows breaks off in the middle, and the connection is closed."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = b"".join(app(environ, start_response))
        cut = environ["REQUEST_METHOD"] == "GET" and environ["PATH_INFO"] == "/api/v2/workflows"
        return [body[: len(body) // 2]] if cut else [body]

    return wrapped


def _endless(app: Wsgi) -> Wsgi:
    """Reading a run answers with more than anyone reads."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET" and environ["PATH_INFO"].startswith("/api/v2/runs/"):
            start_response("200 OK", [("Content-Type", "application/json")])
            return (b" " * 1_000_000 for _ in range(50))
        return app(environ, start_response)

    return wrapped


def _crash_page(app: Wsgi) -> Wsgi:
    """A body that is not JSON ends in the framework's own page, without a header the API promises."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        status: list[str] = []
        headers: list[list[tuple[str, str]]] = []

        def note(line: str, pairs: list[tuple[str, str]], *rest: Any) -> Any:
            status.append(line)
            headers.append(pairs)
            return None

        body = b"".join(app(environ, note))
        if b'"INVALID_JSON"' in body:
            start_response("500 Internal Server Error", [("Content-Type", "text/html")])
            return [b"<h1>Internal Server Error</h1>"]
        start_response(status[0], headers[0])
        return [body]

    return wrapped


def _quiet_head(app: Wsgi) -> Wsgi:
    """HEAD is answered without the deprecation headers."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(line: str, pairs: list[tuple[str, str]], *rest: Any) -> Any:
            kept = [pair for pair in pairs if not pair[0].lower().startswith(("x-api-deprecat", "x-api-sunset"))]
            return start_response(line, kept if environ["REQUEST_METHOD"] == "HEAD" else pairs, *rest)

        return app(environ, start)

    return wrapped


@contextlib.contextmanager
def _copied(folder: Path, file: str, edit: Callable[[str], str], *, locked: bool) -> Iterator[Path]:
    """A copy of the folder in which one file says something else, as it was locked before or after."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / folder.name
        shutil.copytree(folder, copy)
        before = (copy / file).read_text("utf-8")
        after = edit(before)
        if after == before:
            msg = f"{file} of {folder.name} has nothing to edit"
            raise LookupError(msg)
        (copy / file).write_text(after, "utf-8")
        if locked:
            lock_command(copy / "apiversion.toml", check=False, out=io.StringIO(), errors=io.StringIO())
        yield copy


def _edited(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """Someone touched a contract after it was locked."""
    return _copied(folder, "v1.openapi.yaml", lambda text: f"{text}# touched\n", locked=False)


def _break_in_a_minor_version(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """The contract of 2.0.forge takes shorter pages than that of 1.0.forge did."""
    return _copied(
        folder, "2.0.forge.openapi.yaml", lambda text: text.replace("maximum: 100\n", "maximum: 50\n"), locked=True
    )


def _waiver_of_nothing(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """The policy goes on accepting a change that was taken back."""
    waiver = '[[changes.waivers]]\nrule = "operation-removed"\nreason = "Nobody called it."\n'
    return _copied(folder, "apiversion.toml", lambda text: f"{text}\n{waiver}", locked=True)


PLANTS: Mapping[tuple[str, str], Plant] = {
    ("girard", "contract-edited"): Plant(folder=_edited),
    ("girard", "answer-cut-short"): Plant(wrap=_cut_short),
    ("girard", "answer-too-large"): Plant(wrap=_endless),
    ("girard", "crash-page-on-broken-body"): Plant(wrap=_crash_page),
    ("girard", "deprecated-header-missing-on-head"): Plant(wrap=_quiet_head),
    ("augno", "break-in-a-minor-version"): Plant(folder=_break_in_a_minor_version),
    ("augno", "waiver-of-nothing"): Plant(folder=_waiver_of_nothing),
    ("augno", "first-of-two-versions-wins"): Plant(wrap=_first_of_two),
    ("aragora", "header-not-routed-to-agents"): Plant(wrap=_unrouted("HTTP_X_API_VERSION", "2", "/api/agents")),
    ("aragora", "accept-not-routed-to-webhooks"): Plant(
        wrap=_unrouted("HTTP_ACCEPT", "application/json; version=2", "/api/webhooks")
    ),
}
"""By policy and name of the bug."""
