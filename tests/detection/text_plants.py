"""Which texts a service takes for a version: honest ways, and bugs that only one member of a family of texts shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.detection.forms import says
from tests.detection.plants import Environ, Plant, Wsgi

_RANGES = re.compile(r",\s*")
_NAMED = re.compile(r";\s*version=")


def _asked(change: Callable[[Environ], None]) -> Callable[[Wsgi], Wsgi]:
    """What rewrites a request before the service reads it."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            change(environ)
            return app(environ, start_response)

        return wrapped

    return wrap


def _path(pattern: str, to: str) -> Callable[[Wsgi], Wsgi]:
    """A router whose pattern for a version takes more than its name."""

    def change(environ: Environ) -> None:
        environ["PATH_INFO"] = re.sub(pattern, to, environ["PATH_INFO"])

    return _asked(change)


def _release_in_the_header(environ: Environ) -> None:
    """A parser that cuts the number off at its first dot, but only where the release is told."""
    if environ.get("HTTP_X_API_VERSION") in {"2.1", "2.1.0"}:
        environ["HTTP_X_API_VERSION"] = "2"


def _rounded_down(environ: Environ) -> None:
    """A number that nobody released in an old codename is served by the last one that was."""
    if re.fullmatch(r"0\.[1-9]\.crucible", environ.get("HTTP_AUGNO_VERSION", "")):
        environ["HTTP_AUGNO_VERSION"] = "0.0.crucible"


def _first_word(environ: Environ) -> None:
    """Of a text of several words the first one counts."""
    environ["HTTP_AUGNO_VERSION"] = environ.get("HTTP_AUGNO_VERSION", "").split(" ")[0]


def _head_needs_none(environ: Environ) -> None:
    """Whoever asks for headers only gets those of the newest version, where no version is named."""
    if environ["REQUEST_METHOD"] == "HEAD":
        environ.setdefault("HTTP_AUGNO_VERSION", "2.0.forge")


def _head_is_rounded(environ: Environ) -> None:
    """Whoever asks for headers only gets those of the newest version, where nobody knows the one that is named."""
    if environ["REQUEST_METHOD"] == "HEAD" and re.search("[0-9]{4}|quarry", environ.get("HTTP_AUGNO_VERSION", "")):
        environ["HTTP_AUGNO_VERSION"] = "2.0.forge"


def _two_codenames(environ: Environ) -> None:
    """A parser that knows the codenames there are, and no version with another one."""
    if not re.search("crucible|forge|^$", environ.get("HTTP_AUGNO_VERSION", "")):
        environ["HTTP_AUGNO_VERSION"] = "nonsense"


def _inherited(app: Wsgi) -> Wsgi:
    """Versions are looked up in an object that has more than its own members."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith("/api/constructor/"):
            body = (
                b'{"success": false, "error": {"code": "INTERNAL_ERROR", "message": "-", "details": {}, "hint": "-"}}'
            )
            start_response("500 Internal Server Error", [("Content-Type", "application/json")])
            return [body]
        return app(environ, start_response)

    return wrapped


def _first_range(environ: Environ) -> None:
    """Of several ranges the first that names a version counts, whatever its weight."""
    named = [each for each in _RANGES.split(environ.get("HTTP_ACCEPT", "")) if _NAMED.search(each)]
    if len(named) > 1:
        environ["HTTP_ACCEPT"] = re.sub(r";\s*q=[0-9.]+", "", named[0])


def _zero_counts(environ: Environ) -> None:
    """What is not acceptable at all is read as if nothing were said of it."""
    if "HTTP_ACCEPT" in environ:
        environ["HTTP_ACCEPT"] = re.sub(r";\s*q=0(?=\s*,|$)", "", environ["HTTP_ACCEPT"])


def _query_alone(environ: Environ) -> None:
    """Who names no version in the path may do so in the query."""
    found = re.search("(?:^|&)version=(v[12])(?:&|$)", environ.get("QUERY_STRING", ""))
    if found and not re.match("/v[0-9]", environ["PATH_INFO"]):
        environ["PATH_INFO"] = f"/{found[1]}{environ['PATH_INFO']}"


def _bare_only(environ: Environ) -> None:
    """A version in quotes is none."""
    if "HTTP_ACCEPT" in environ:
        environ["HTTP_ACCEPT"] = re.sub(r';\s*version="[0-9]+"', "", environ["HTTP_ACCEPT"])


def _json_is_v2(environ: Environ) -> None:
    """Who asks for JSON, and says no more, gets the newest version."""
    if environ.get("HTTP_ACCEPT") == "application/json":
        environ["HTTP_ACCEPT"] = "application/json; version=2"


def _nothing_is_v2(environ: Environ) -> None:
    """Who says nothing of what is accepted gets the newest version."""
    environ.setdefault("HTTP_ACCEPT", "application/json; version=2")


def _one_range(app: Wsgi) -> Wsgi:
    """Two versions in one `Accept` are refused."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if len(_NAMED.findall(environ.get("HTTP_ACCEPT", ""))) > 1:
            environ["HTTP_ACCEPT"] = "application/json; version=1; version=2"
        return app(environ, start_response)

    return wrapped


_WEIGHED = says("[versioning.accept]\n", "[versioning.accept]\nweights = true\n")

TEXTS: Mapping[tuple[str, str], Plant] = {
    ("girard", "v1-and-a-digit-served"): Plant(wrap=_path("^/api/v1[0-9]/", "/api/v1/")),
    ("girard", "v17-served"): Plant(wrap=_path("^/api/v17/", "/api/v1/")),
    ("moonborn", "release-in-the-path-served"): Plant(wrap=_path(r"^/v1\.4(\.2)?/", "/v1/")),
    ("moonborn", "query-alone-selects"): Plant(wrap=_asked(_query_alone)),
    ("aragora", "release-in-the-header-served"): Plant(wrap=_asked(_release_in_the_header)),
    ("girard", "beta-in-the-path-served"): Plant(wrap=_path("^/api/v2-beta/", "/api/v2/")),
    ("girard", "inherited-member-crashes"): Plant(wrap=_inherited),
    ("augno", "first-word-counts"): Plant(wrap=_asked(_first_word)),
    ("augno", "missing-version-served-to-head"): Plant(wrap=_asked(_head_needs_none)),
    ("augno", "unknown-version-served-to-head"): Plant(wrap=_asked(_head_is_rounded)),
    ("augno", "rounded-within-the-old-codename"): Plant(wrap=_asked(_rounded_down)),
    ("aragora", "first-range-counts"): Plant(wrap=_asked(_first_range), folder=_WEIGHED),
    ("aragora", "range-of-no-weight-counts"): Plant(wrap=_asked(_zero_counts), folder=_WEIGHED),
    ("aragora", "json-alone-is-v2"): Plant(wrap=_asked(_json_is_v2)),
    ("aragora", "no-accept-is-v2"): Plant(wrap=_asked(_nothing_is_v2)),
}
"""By policy and name of the bug."""

HONEST_TEXTS: Mapping[tuple[str, str], Plant] = {
    ("augno", "other-codenames-are-malformed"): Plant(wrap=_asked(_two_codenames)),
    ("moonborn", "releases-are-tolerated"): Plant(
        wrap=_path(r"^/v1\.4(\.2)?/", "/v1/"),
        folder=says("[versioning]\n", "[versioning]\ntolerated = 'v[0-9]+([.][0-9]+)*'\n"),
    ),
    ("aragora", "weights-are-not-read"): Plant(wrap=_asked(_first_range)),
    ("aragora", "quotes-are-not-promised"): Plant(
        wrap=_asked(_bare_only),
        folder=says("[versioning.accept]\n", "[versioning.accept]\nother_forms = false\n"),
    ),
    ("aragora", "weights-are-read"): Plant(folder=_WEIGHED),
    ("aragora", "two-ranges-are-refused"): Plant(wrap=_one_range, folder=_WEIGHED),
}
"""By policy and name of the form."""

DAYS: Mapping[tuple[str, str], tuple[str, ...]] = {
    form: ("2026-04-01",) if form[0] == "aragora" else ("2026-11-20",) for form in HONEST_TEXTS
}
"""When each is held to its policy."""
