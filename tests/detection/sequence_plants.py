"""Bugs that no single answer shows: each one is right by itself, and wrong after the one before it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]


class Answer:
    """An answer of the server behind, which may be changed before it is passed on."""

    def __init__(self, app: Wsgi, environ: Environ) -> None:
        self.line = ""
        self.headers: Headers = []

        def note(line: str, headers: Headers, *_rest: Any) -> None:
            self.line, self.headers = line, headers

        self.body = b"".join(app(environ, note))

    @property
    def done(self) -> bool:
        """Whether it is a success."""
        return self.line.startswith("2")

    def change(self, edit: Callable[[Any], Any]) -> None:
        """Put another value in the place of a JSON body."""
        self.replace(json.dumps(edit(json.loads(self.body))).encode())

    def replace(self, body: bytes) -> None:
        """Put another body in the place of this one."""
        self.body = body
        self.headers = [pair for pair in self.headers if pair[0].lower() != "content-length"]

    def send(self, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass it on."""
        start_response(self.line, self.headers)
        return [self.body]


def stale(path: str) -> Callable[[Wsgi], Wsgi]:
    """A cache in front of reads is never told of updates: it shows what it saw first, as long as the thing is there."""

    def wrap(app: Wsgi) -> Wsgi:
        seen: dict[str, bytes] = {}

        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            answer = Answer(app, environ)
            if environ["REQUEST_METHOD"] == "GET" and re.fullmatch(path, environ["PATH_INFO"]) and answer.done:
                answer.replace(seen.setdefault(environ["PATH_INFO"], answer.body))
            return answer.send(start_response)

        return wrapped

    return wrap


def shortened(path: str, member: str) -> Callable[[Wsgi], Wsgi]:
    """The column behind a member is too short: creation repeats the whole text, and a read shows how much of it was kept."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            answer = Answer(app, environ)
            if environ["REQUEST_METHOD"] == "GET" and re.fullmatch(path, environ["PATH_INFO"]) and answer.done:
                answer.change(lambda value: {**value, member: value[member][:10]})
            return answer.send(start_response)

        return wrapped

    return wrap


def unlisted(path: str, member: str) -> Callable[[Wsgi], Wsgi]:
    """The newest record is not in the list yet, nor counted, though it can be read already."""

    def without(value: Any) -> Any:
        data = value["data"]
        return {**value, "data": {**data, member: data[member][1:], "total": data["total"] - 1}}

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            answer = Answer(app, environ)
            if environ["REQUEST_METHOD"] == "GET" and re.fullmatch(path, environ["PATH_INFO"]) and answer.done:
                answer.change(without)
            return answer.send(start_response)

        return wrapped

    return wrap


def undead(path: str) -> Callable[[Wsgi], Wsgi]:
    """What was deleted can be read as before."""

    def wrap(app: Wsgi) -> Wsgi:
        seen: dict[str, Answer] = {}
        deleted: set[str] = set()

        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            answer, place = Answer(app, environ), environ["PATH_INFO"]
            if re.fullmatch(path, place) and answer.done:
                if environ["REQUEST_METHOD"] == "DELETE":
                    deleted.add(place)
                elif environ["REQUEST_METHOD"] == "GET":
                    seen[place] = answer
            elif environ["REQUEST_METHOD"] == "GET" and place in deleted and place in seen and "404" in answer.line:
                answer = seen[place]
            return answer.send(start_response)

        return wrapped

    return wrap


def otherwise_read(
    create: str, identifier: Callable[[Any], str], read: str, edit: Callable[[Any], Any]
) -> Callable[[Wsgi], Wsgi]:
    """What was created at one path is shown otherwise at another.

    Args:
        create: The path it is created at.
        identifier: Gives what names it, from the answer.
        read: The path it is read at, `{}` for what names it.
        edit: Changes what is shown.
    """

    def wrap(app: Wsgi) -> Wsgi:
        created: set[str] = set()

        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            answer = Answer(app, environ)
            if answer.done and environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == create:
                created.add(read.format(identifier(json.loads(answer.body))))
            elif answer.done and environ["REQUEST_METHOD"] == "GET" and environ["PATH_INFO"] in created:
                answer.change(edit)
            return answer.send(start_response)

        return wrapped

    return wrap


def lost_on_the_way_back(
    create: str, identifier: Callable[[Any], str], update: str, member: str
) -> Callable[[Wsgi], Wsgi]:
    """A version empties a member when it updates what another version created.

    Args:
        create: The path it is created at.
        identifier: Gives what names it, from the answer.
        update: The path it is updated at, `{}` for what names it.
        member: The member.
    """

    def wrap(app: Wsgi) -> Wsgi:
        created: set[str] = set()

        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if environ["REQUEST_METHOD"] in {"PUT", "PATCH"} and environ["PATH_INFO"] in created:
                raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                try:
                    body = json.loads(raw)
                    raw = json.dumps({**body, member: "lost"}).encode() if body.get(member) else raw
                except (ValueError, TypeError, AttributeError):
                    pass  # it will be refused as it is
                environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(raw), str(len(raw))
            answer = Answer(app, environ)
            if answer.done and environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == create:
                created.add(update.format(identifier(json.loads(answer.body))))
            return answer.send(start_response)

        return wrapped

    return wrap


def _of_data(value: Any) -> str:
    return str(value["data"]["id"])


WRAPS: dict[tuple[str, str], Callable[[Wsgi], Wsgi]] = {
    ("girard", "v2-workflow-read-from-stale-cache"): stale(r"/api/v2/workflows/[^/]+"),
    ("moonborn", "v2-memory-kept-to-ten-characters"): shortened(r"/v2/memories/[^/]+", "content"),
    ("aragora", "v2-newest-webhook-not-listed"): unlisted(r"/api(/v2)?/webhooks", "webhooks"),
    ("girard", "deleted-workflow-still-read"): undead(r"/api/v[12]/workflows/[^/]+"),
    ("aragora", "v2-deleted-debate-still-read"): undead(r"/api/v2/debates/[^/]+"),
    ("girard", "v2-shows-another-owner-of-v1-workflows"): otherwise_read(
        "/api/v1/workflows",
        _of_data,
        "/api/v2/workflows/{}",
        lambda value: {**value, "data": {**value["data"], "owner": "nobody@girardai.example"}},
    ),
    ("moonborn", "v1-overwrites-tagline-of-v2-personas"): lost_on_the_way_back(
        "/v2/personas", lambda value: str(value["id"]), "/v1/personas/{}", "tagline"
    ),
}
"""By policy and name of the bug."""
