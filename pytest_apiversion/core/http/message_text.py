"""Requests and responses as text that a report shows: no secret that the request knows of, and no more than is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from pytest_apiversion.core.http.messages import NoAnswer, Pairs, Request, Response

_LONGEST_BODY = 8_192
"""Characters; a report cuts further."""

_COOKIE = re.compile(r"(=)[^;]*")


Beginning = Callable[[str, int], str]
"""Gives the first characters of a text, masked before it is cut."""


def request_text(request: Request, beginning: Beginning) -> str:
    """The request line, the headers and the body, with what stands for a secret in its place."""
    first = f"{request.method} {shown_query(request).target}"
    return _text(first, shown_headers(request.headers, request.secrets), request.body or b"", beginning)


def answer_text(answer: Response | NoAnswer, beginning: Beginning) -> str:
    """The status, the headers and the body, without the values of cookies; of what was no answer, why."""
    if isinstance(answer, NoAnswer):
        return f"{answer.kind.value}: {answer.detail}" if answer.detail else answer.kind.value
    return _text(str(answer.status), shown_headers(answer.headers), answer.body, beginning)


def shown_query(request: Request) -> Request:
    """The request with what stands for a secret in its query."""
    shown = {name.lower(): text for name, text in request.secrets}
    return replace(request, query=tuple((name, shown.get(name.lower(), value)) for name, value in request.query))


def shown_headers(headers: Pairs, secrets: Pairs = ()) -> Iterator[tuple[str, str]]:
    """Headers with what stands for a secret in its place, without the values of cookies that an answer sets."""
    shown = {name.lower(): text for name, text in secrets}
    for name, value in headers:
        if name.lower() == "set-cookie":
            yield name, _COOKIE.sub(r"\1…", value, count=1)
        elif name.lower() in shown:
            yield name, shown[name.lower()]
        elif name.lower() == "cookie":
            cookies = [each.partition("=") for each in value.split(";")]
            yield name, ";".join(f"{key}{sign}{shown.get(key.strip().lower(), text)}" for key, sign, text in cookies)
        else:
            yield name, value


def _text(first: str, headers: Iterator[tuple[str, str]], body: bytes, beginning: Beginning) -> str:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    return "\n".join([*lines, *(["", beginning(body.decode("utf-8", "replace"), _LONGEST_BODY)] if body else [])])
