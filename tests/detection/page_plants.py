"""Bugs that only a further page of a list has, and honest lists that have no page behind their last."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs

from tests.detection.plants import Environ, Plant, Wsgi, answering

_LISTS = ("/api/v1/debates", "/api/v2/debates")


def _paged(change: Callable[[Environ, int, Any], tuple[str | None, Any]]) -> Callable[[Wsgi], Wsgi]:
    """What changes the lists of debates: given the request, the offset and the body, the status instead and the body instead."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            offset = parse_qs(environ["QUERY_STRING"]).get("offset", ["0"])[-1]
            if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"] not in _LISTS or not offset.isdecimal():
                return app(environ, start_response)
            held: list[tuple[str, list[tuple[str, str]]]] = []
            body = b"".join(app(environ, lambda line, pairs, *_: held.append((line, pairs))))
            line, pairs = held[0]
            if line.startswith("200"):
                status, said = change(environ, int(offset), json.loads(body))
                line, body = status or line, json.dumps(said).encode()
                pairs = [*(pair for pair in pairs if pair[0] != "Content-Length"), ("Content-Length", str(len(body)))]
            start_response(line, pairs)
            return [body]

        return wrapped

    return wrap


def _debates(body: Any) -> list[Any]:
    found: list[Any] = body.get("data", body)["debates"]
    return found


def _of_the_archive(_environ: Environ, offset: int, body: Any) -> tuple[str | None, Any]:
    """What comes from the archive, behind the first page, was read by another mapper."""
    if offset:
        for each in _debates(body):
            each["id"] = {"archive": each["id"]}
    return None, body


def _nothing_is_there(environ: Environ, offset: int, body: Any) -> tuple[str | None, Any]:
    """A page behind the last is none, as Django REST framework has it."""
    if _debates(body) or not offset:
        return None, body
    if environ["PATH_INFO"].startswith("/api/v1"):
        return "404 Not Found", {"error": "Invalid page", "status": 404}
    return "404 Not Found", {
        "error": "Invalid page",
        "code": "NOT_FOUND",
        "resource_type": "page",
        "resource_id": str(offset),
        "trace_id": "req_page",
        "support_url": "https://github.com/an0mium/aragora/issues",
    }


def _first_again(environ: Environ, _offset: int, body: Any) -> tuple[str | None, Any]:
    """The link to the next page is the address of this one."""
    links = body.get("links", {})
    if "next" in links:
        links["next"] = f"{environ['PATH_INFO']}?{environ['QUERY_STRING'] or 'offset=0'}"
    return None, body


def _one_too_low(_environ: Environ, _offset: int, body: Any) -> tuple[str | None, Any]:
    """The next page begins with the last element of this one."""
    links = body.get("links", {})
    if "next" in links:
        links["next"] = re.sub(r"(?<=offset=)(\d+)", lambda found: str(max(int(found[1]) - 1, 0)), links["next"])
    return None, body


def _own_path(_environ: Environ, _offset: int, body: Any) -> tuple[str | None, Any]:
    """The next page is said to be at a path that the contract has not."""
    links = body.get("links", {})
    links |= {name: text.replace("/v2/debates?", "/v2/debate-pages?") for name, text in links.items() if name == "next"}
    return None, body


def _with_own_path(app: Wsgi) -> Wsgi:
    """The next page is at a path that the contract has not, whatever names the version."""
    paged = answering(_next_elsewhere).wrap(app)

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ["PATH_INFO"].replace("/debate-pages", "/debates")
        return paged(environ, start_response)

    return wrapped


def _next_elsewhere(_environ: Environ, _headers: dict[str, str], body: bytes) -> bytes:
    return re.sub(rb'("next":\s*"/api/v2)/debates[?]', rb"\1/debate-pages?", body)


PAGES: Mapping[tuple[str, str], Plant] = {
    ("aragora", "next-page-is-not-there"): Plant(wrap=_paged(_own_path)),
    ("aragora", "next-page-is-this-page"): Plant(wrap=_paged(_first_again)),
    ("aragora", "next-page-begins-one-too-low"): Plant(wrap=_paged(_one_too_low)),
    ("aragora", "second-page-has-other-identifiers"): Plant(wrap=_paged(_of_the_archive)),
}
"""By policy and name of the bug."""

HONEST_PAGES: Mapping[tuple[str, str], Plant] = {
    ("aragora", "pages-have-a-path-of-their-own"): Plant(wrap=_with_own_path),
    ("aragora", "no-page-behind-the-last"): Plant(wrap=_paged(_nothing_is_there)),
}
"""By policy and name of the form."""

DAYS: Mapping[tuple[str, str], tuple[str, ...]] = dict.fromkeys(HONEST_PAGES, ("2026-04-01",))
"""When each is held to its policy."""
