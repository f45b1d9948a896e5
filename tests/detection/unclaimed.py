"""Bugs of answers that fell between the checks: of an end that nobody declared, and of what an answer says of its version."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi, copied
from tests.detection.rewriting import rewriting

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


def _closed(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """A policy whose answers carry what the contract names, and nothing else."""
    return copied(
        folder,
        "apiversion.toml",
        lambda text: text.replace("[contract]\n", "[contract]\nadditions = false\n"),
        locked=False,
    )


def _more(value: Any) -> Any:
    """A workflow in an envelope, with a member that no contract names."""
    value["data"]["internal_id"] = 7
    return value


_ORDER = 'lists = [{ header = "X-Versions", stages = ["live", "deprecated"], order = "oldest-first", required = true }]'


def _listing(versions: str) -> Plant:
    """A server whose answers list its versions."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            listed = ("X-Versions", versions)
            return app(environ, lambda line, pairs, *rest: start_response(line, [*pairs, listed], *rest))

        return wrapped

    return Plant(folder=_echoing(_ORDER), wrap=wrap)


def _alias_says_v9(path: str) -> str:
    return "v1" if path.startswith("/api/v1/") else "v9"


UNCLAIMED: Mapping[tuple[str, str], Plant] = {
    ("girard", "a-list-of-v2-is-over"): Plant(wrap=_over),
    ("girard", "honest-list-is-oldest-first"): _listing("v1, v2"),
    ("girard", "list-is-newest-first"): _listing("v2, v1"),
    ("girard", "honest-answers-have-no-additions"): Plant(folder=_closed),
    ("girard", "a-member-that-no-contract-names"): Plant(
        folder=_closed, wrap=rewriting("/api/v2/workflows/[^/]+", _more, method="GET")
    ),
    ("aragora", "honest-stamp-of-the-platform"): Plant(folder=_echoing(_ECHO), wrap=_stamped(lambda _: "v2")),
    ("vellocity", "honest-alias-names-its-version"): Plant(
        folder=_echoing('echo = { header = "X-Served-By" }'), wrap=_stamped(lambda _: "v1")
    ),
    ("vellocity", "alias-names-another-version"): Plant(
        folder=_echoing('echo = { header = "X-Served-By" }'), wrap=_stamped(_alias_says_v9)
    ),
}
"""By policy and name of the bug."""
