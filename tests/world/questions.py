"""The questions that every service is asked: a pure function of its style."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from tests.frameworks.asking import Headers
from tests.world.service import Style

WRONG = {
    "unknown version": "9",
    "version before the first": "0",
    "version between": "1.5",
    "malformed version": "abc",
    "removed version": "",
}
"""Kind of version that is not served -> the usual text of that kind; empty where a service must say one to have one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One request, as it is written.

    Attributes:
        name: What is asked.
        method: The method.
        target: Path and query.
        headers: The headers beside those of the body.
        body: The body; empty where there is none.
        content_type: What the body says it is.
    """

    name: str
    target: str
    method: str = "GET"
    headers: Headers = ()
    body: bytes = b""
    content_type: str = "application/json"


def questions(style: Style) -> Iterator[Question]:
    """Every question, in the order of the page."""
    yield _asked("oldest version", style, style.oldest)
    yield _asked("newest version", style, style.newest)
    yield _asked("no version", style)
    yield _asked("empty version", style, "")
    for kind, usual in WRONG.items():
        if text := style.others.get(kind.replace("version", "").strip(), usual):
            yield _asked(kind, style, text)
    if not style.path:
        yield _asked("two versions", style, style.oldest, style.newest)
    yield _asked("unknown route", style, style.newest, resource="/nowhere")
    yield _asked("unknown route, no version", style, resource="/nowhere")
    yield _asked("wrong method", style, style.newest, method="DELETE")
    yield _asked("valid body", style, style.newest, method="POST", body=json.dumps(style.sent).encode())
    yield _asked("body without its member", style, style.newest, method="POST", body=b"{}")
    yield _asked("broken JSON", style, style.newest, method="POST", body=b"{")
    yield _asked("wrong content type", style, style.newest, method="POST", body=b"one", content_type="text/plain")
    yield _asked("HEAD", style, style.newest, method="HEAD")
    yield _asked("OPTIONS", style, style.newest, method="OPTIONS")
    for path in style.documents:
        yield Question(name=f"document {path}", target=path, headers=tuple(style.headers.items()))


def _asked(
    name: str,
    style: Style,
    *versions: str,
    resource: str = "",
    method: str = "GET",
    body: bytes = b"",
    content_type: str = "application/json",
) -> Question:
    """A request for a version, for several, or for none."""
    path, query = resource or style.resource, ""
    headers = list(style.headers.items())
    if style.path and versions:
        path = style.path.replace("{version}", versions[0]) + path
    elif style.query and versions:
        query = "?" + "&".join(f"{style.query}={quote(text)}" for text in _spelled(style, versions))
    elif style.header:
        headers += [(style.header, text) for text in _spelled(style, versions)]
    elif style.accept and versions:
        headers.append(("Accept", ", ".join(style.accept.replace("{version}", text) for text in versions)))
    return Question(
        name=name,
        method=method,
        target=path + query,
        headers=tuple(headers),
        body=body,
        content_type=content_type,
    )


def _spelled(style: Style, versions: tuple[str, ...]) -> list[str]:
    return [style.spelling.replace("{version}", text) if text else "" for text in versions]
