"""Servers that tell clients whether what they keep is still true: honest ones, and what stands in front and forgets something."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.detection.forms import says
from tests.detection.plants import Environ, Plant, Wsgi

Headers = dict[str, str]
Forget = Callable[[Headers], Headers]

_OF_BODIES = frozenset({"content-type", "content-length"})
_MINE = frozenset({"etag", "cache-control", "vary", "date"})
"""What RFC 9110 §15.4.5 has a 304 repeat."""


def _all(headers: Headers) -> Headers:
    return headers


def _without(*names: str) -> Forget:
    """All but these."""
    return lambda headers: {name: text for name, text in headers.items() if name.lower() not in names}


def _only_mine(headers: Headers) -> Headers:
    """What a cache repeats that goes by the letter."""
    return {name: text for name, text in headers.items() if name.lower() in _MINE}


def _other_echo(headers: Headers) -> Headers:
    return headers | {"Augno-Version": "1.0.forge"} if "Augno-Version" in headers else headers


def not_modified(forget: Forget = _all, *, control: str = "", dated: bool = False) -> Callable[[Wsgi], Wsgi]:
    """What gives readings a tag (or a date), and a client that has it a 304 with the headers that the 200 would have.

    Args:
        forget: What is left of them on a 304.
        control: How long caches keep a reading, if that is said.
        dated: Whether there are dates instead of tags.
    """

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            told: list[tuple[str, Headers]] = []
            body = b"".join(app(environ, lambda line, pairs, *_: told.append((line, dict(pairs)))))
            ((line, headers),) = told
            if environ["REQUEST_METHOD"] == "GET" and line.startswith("200 "):
                name, value = ("Last-Modified", "Tue, 10 Mar 2026 08:00:00 GMT") if dated else ("ETag", _tag(body))
                headers |= {name: value} | ({"Cache-Control": control} if control else {})
                asked = environ.get("HTTP_IF_MODIFIED_SINCE" if dated else "HTTP_IF_NONE_MATCH")
                if asked == value:
                    kept = forget({name: text for name, text in headers.items() if name.lower() not in _OF_BODIES})
                    start_response("304 Not Modified", list(kept.items()))
                    return []
            start_response(line, list(headers.items()))
            return [body]

        return wrapped

    return wrap


def _tag(body: bytes) -> str:
    """A weak tag of what a body says, without when and by whom it was said."""
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    if isinstance(said, dict):
        body = json.dumps({name: value for name, value in said.items() if name != "meta"}).encode()
    return f'W/"{zlib.crc32(body):08x}"'


_AT_THE_EDGE = says("[deprecation]\n", "[deprecation]\nnot_modified = false\n")

UNCHANGED: Mapping[tuple[str, str], Plant] = {
    ("moonborn", "not-modified-announces-nothing"): Plant(wrap=not_modified(_without("deprecation", "sunset"))),
    ("moonborn", "not-modified-since-announces-nothing"): Plant(
        wrap=not_modified(_without("deprecation", "sunset"), dated=True)
    ),
    ("augno", "not-modified-names-no-version"): Plant(wrap=not_modified(_without("augno-version"))),
    ("augno", "not-modified-names-another-version"): Plant(wrap=not_modified(_other_echo)),
    ("augno", "not-modified-has-no-tag"): Plant(wrap=not_modified(_without("etag"))),
    ("aragora", "not-modified-does-not-vary"): Plant(wrap=not_modified(_without("vary"), control="max-age=60")),
    ("vellocity", "not-modified-has-no-request-id"): Plant(wrap=not_modified(_without("x-request-id"))),
}
"""By policy and name of the bug."""

HONEST_UNCHANGED: Mapping[tuple[str, str], Plant] = {
    ("moonborn", "not-modified-announces-as-its-200"): Plant(wrap=not_modified()),
    ("moonborn", "cache-in-front-announces-nothing"): Plant(wrap=not_modified(_only_mine), folder=_AT_THE_EDGE),
    ("augno", "not-modified-names-its-version"): Plant(wrap=not_modified()),
    ("aragora", "not-modified-varies-as-its-200"): Plant(wrap=not_modified(control="max-age=60")),
    ("aragora", "not-modified-is-kept-by-nobody-else"): Plant(
        wrap=not_modified(_without("vary", "cache-control"), control="private")
    ),
    ("vellocity", "not-modified-has-its-request-id"): Plant(wrap=not_modified()),
}
"""By policy and name of the form."""

DAYS: Mapping[tuple[str, str], tuple[str, ...]] = {
    form: ("2026-04-01",) if form[0] == "aragora" else ("2026-11-20",) for form in HONEST_UNCHANGED
}
"""When each is held to its policy."""
