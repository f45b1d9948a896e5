"""Bugs no reference server has of its own: planted around the honest one, in front of it or in a copy of its policy folder."""

from __future__ import annotations

import contextlib
import io
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytest_apiversion.shell.commands.lock import lock_command
from tests.detection.sequence_plants import WRAPS

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def _as_it_is(app: Wsgi) -> Wsgi:
    return app


@contextlib.contextmanager
def _in_place(folder: Path) -> Iterator[Path]:
    yield folder


@contextlib.contextmanager
def _itself(url: str) -> Iterator[str]:
    yield url


@dataclass(frozen=True, kw_only=True, slots=True)
class Plant:
    """What stands between an honest server and those who ask it.

    Attributes:
        wrap: What is put around the application.
        folder: Gives the folder the policy is read from, for one that says something else than the server does.
        front: Given where the server is, gives the address that is asked instead.
        offline: Whether only the policy is held, and the server is not asked: what is wrong is the file.
    """

    wrap: Callable[[Wsgi], Wsgi] = _as_it_is
    folder: Callable[[Path], contextlib.AbstractContextManager[Path]] = _in_place
    front: Callable[[str], contextlib.AbstractContextManager[str]] = _itself
    offline: bool = False


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


def answering(
    edit: Callable[[Environ, dict[str, str], bytes], bytes],
    folder: Callable[[Path], contextlib.AbstractContextManager[Path]] = _in_place,
) -> Plant:
    """An honest server whose answers somebody edits on their way: the headers in place, the body as it is given back."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            told: list[tuple[str, dict[str, str]]] = []
            body = b"".join(app(environ, lambda line, pairs, *_: told.append((line, dict(pairs)))))
            ((line, headers),) = told
            body = edit(environ, headers, body)
            if "Content-Length" in headers and environ["REQUEST_METHOD"] != "HEAD":
                headers["Content-Length"] = str(len(body))
            start_response(line, list(headers.items()))
            return [body]

        return wrapped

    return Plant(wrap=wrap, folder=folder)


def _kept(vary: str) -> Plant:
    """A cache in front is told to keep what is asked for with a header, and that it varies with this."""

    def edit(environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
        if "Vary" in headers and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            headers |= {"Cache-Control": "max-age=60", "Vary": vary}
        return body

    return answering(edit)


def _release_behind(_environ: Environ, _headers: dict[str, str], body: bytes) -> bytes:
    """An older build answers than the one the contract was frozen at."""
    return body.replace(b'"1.4.2"', b'"1.4.1"')


def _going_back() -> Plant:
    """Every answer is of an older release than the one before: what was deployed is rolled back, machine by machine."""
    turns = itertools.count()

    def edit(_environ: Environ, _headers: dict[str, str], body: bytes) -> bytes:
        if b'"apiVersion": "2.1.0"' not in body:
            return body
        minor, patch = divmod(max(99 - next(turns), 10), 10)
        return body.replace(b'"2.1.0"', b'"2.%d.%d"' % (minor, patch))

    return answering(edit)


def _growing() -> Plant:
    """What is left of the rate limit is counted up instead of down."""

    def edit(_environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
        if left := headers.get("X-RateLimit-Remaining"):
            headers["X-RateLimit-Remaining"] = str(100_000 - int(left))
        return body

    return answering(edit)


@contextlib.contextmanager
def copied(folder: Path, file: str, edit: Callable[[str], str], *, locked: bool) -> Iterator[Path]:
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
    return copied(folder, "v1.openapi.yaml", lambda text: f"{text}# touched\n", locked=False)


def _break_in_a_minor_version(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """The contract of 2.0.forge takes shorter pages than that of 1.0.forge did."""
    return copied(
        folder, "2.0.forge.openapi.yaml", lambda text: text.replace("maximum: 100\n", "maximum: 50\n"), locked=True
    )


def _waiver_of_nothing(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """The policy goes on accepting a change that was taken back."""
    waiver = '[[changes.waivers]]\nrule = "operation-removed"\nreason = "Nobody called it."\n'
    return copied(folder, "apiversion.toml", lambda text: f"{text}\n{waiver}", locked=True)


def _says(old: str, new: str) -> Plant:
    """A policy file in which one thing is said otherwise; nobody asks the server."""

    def edited(folder: Path) -> contextlib.AbstractContextManager[Path]:
        return copied(folder, "apiversion.toml", lambda text: text.replace(old, new), locked=False)

    return Plant(folder=edited, offline=True)


_NEEDLESS = """
[[waivers]]
check = "AV103"
version = "v1"
reason = "somebody was in a hurry once"
until = 2027-12-31

[sunset]
"""

PLANTS: Mapping[tuple[str, str], Plant] = {
    ("aragora", "kept-without-vary"): _kept("Accept-Encoding"),
    ("aragora", "varies-with-accept-only"): _kept("Accept"),
    ("moonborn", "release-behind-the-contract"): answering(_release_behind),
    ("moonborn", "release-goes-back"): _going_back(),
    ("girard", "remaining-grows"): _growing(),
    ("moonborn", "v2-released-before-v1"): _says("released = 2026-05-16", "released = 2025-01-01"),
    ("augno", "preview-2-released-before-1"): _says("released = 2026-10-15", "released = 2026-08-15"),
    ("girard", "documentation-calls-v1-live"): _says('successor = "v2"', 'successor = "v2"\nstatus = "live"'),
    ("girard", "deprecated-two-weeks-late"): _says(
        "deprecated = 2026-01-15\nsunset = 2027-01-15T", "deprecated = 2026-02-01\nsunset = 2027-01-15T"
    ),
    ("girard", "nothing-to-count-notice-from"): _says(
        "deprecated = 2026-01-15\nsunset = 2027-01-15T", "sunset = 2027-01-15T"
    ),
    ("girard", "notice-waiver-of-nothing"): _says("\n[sunset]\n", _NEEDLESS),
    ("moonborn", "v2-released-a-month-late"): _says("released = 2026-05-16", "released = 2026-06-16"),
    ("vellocity", "alias-deprecated-a-day-late"): _says("deprecated = 2025-12-01", "deprecated = 2026-01-02"),
    ("aragora", "removed-after-one-minor-release"): _says('sunset_in = "2.3.0"', 'sunset_in = "2.2.0"'),
    ("aragora", "default-is-dead"): _says("until = 2027-12-31", "until = 2026-06-30"),
    ("girard", "default-is-gone"): _says(
        'missing = { reject = 404, code = "NOT_FOUND" }', 'missing = { default = "v1" }'
    ),
    ("girard", "v2-ships-after-v1-is-deprecated"): _says("released = 2026-01-15", "released = 2026-01-20"),
    ("moonborn", "v2-is-a-preview"): _says("released = 2026-05-16", "released = 2026-05-16\npreview = true"),
    ("augno", "successor-is-a-preview"): _says('successor = "1.0.forge"', 'successor = "1.3.forge-preview.1"'),
    ("vellocity", "sample-of-a-wrong-weekday"): _says("Wed, 01 Jul 2026", "Thu, 01 Jul 2026"),
    ("moonborn", "old-form-not-owned-up-to"): _says(', sample = "true", legacy = true', ""),
    ("girard", "sample-is-a-day"): _says('sample = "2027-01-15T00:00:00Z"', 'sample = "2027-01-15"'),
    ("augno", "preview-not-called-one"): _says(
        "released = 2026-10-15\npreview = true", "released = 2026-10-15\npreview = false"
    ),
    ("augno", "previews-outlive-the-next-version"): _says("on-promotion", "on-next-stable"),
    ("aragora", "map-forgets-rankings"): _says('  { v1 = "GET /rankings", v2 = "GET /agents/rankings" },\n', ""),
    ("aragora", "fifteen-endpoints-announced"): _says("count = 11", "count = 15"),
    ("vellocity", "thirty-one-endpoints-announced"): _says("count = 8", "count = 31"),
    ("moonborn", "code-has-no-place"): _says(
        '[envelopes.trouble]\nmedia_type = "application/json"\ncode = "/error/code"',
        '[envelopes.trouble]\nmedia_type = "application/json"',
    ),
    ("aragora", "rejection-wears-an-envelope-without-code"): _says(
        'empty = { reject = 400, code = "INVALID_VERSION", envelope = "coded" }',
        'empty = { reject = 400, code = "INVALID_VERSION", envelope = "plain" }',
    ),
    ("augno", "sunset-moved-a-month-earlier"): _says("sunset = 2027-03-01", "sunset = 2027-02-01"),
    ("moonborn", "sdk-pinned-to-another-minor"): _says('release = "1.4.x"', 'release = "1.5.x"'),
    ("girard", "sdk-outlives-v1"): _says("sunset = 2027-01-15\n", "sunset = 2027-06-01\n"),
    ("moonborn", "day-of-the-sunset-not-said"): _says('boundary = "start-of-day"\n', ""),
    ("vellocity", "day-of-the-alias-end-not-said"): _says(', boundary = "start-of-day"', ""),
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
    **{name: Plant(wrap=wrap) for name, wrap in WRAPS.items()},
}
"""By policy and name of the bug."""
