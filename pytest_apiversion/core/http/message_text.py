"""Requests and responses as text that a report shows: no secret that the request knows of, and no more than is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pytest_apiversion.core.http.messages import NoAnswer, Pairs, Request, Response

_LONGEST_BODY = 8_192
"""Bytes; a report cuts further, after it has masked secrets that are written in the body."""

_COOKIE = re.compile(r"(=)[^;]*")


def request_text(request: Request) -> str:
    """The request line, the headers and the body, with what stands for a secret in its place."""
    shown = {name.lower(): text for name, text in request.secrets}
    query: Pairs = tuple((name, shown.get(name.lower(), value)) for name, value in request.query)
    first = f"{request.method} {replace(request, query=query).target}"
    return _text(first, _masked(request.headers, shown), request.body or b"")


def answer_text(answer: Response | NoAnswer) -> str:
    """The status, the headers and the body, without the values of cookies; of what was no answer, why."""
    if isinstance(answer, NoAnswer):
        return f"{answer.kind.value}: {answer.detail}" if answer.detail else answer.kind.value
    headers = [
        (name, _COOKIE.sub(r"\1…", value, count=1) if name.lower() == "set-cookie" else value)
        for name, value in answer.headers
    ]
    return _text(str(answer.status), headers, answer.body)


def _masked(headers: Pairs, shown: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in headers:
        if name.lower() in shown:
            yield name, shown[name.lower()]
        elif name.lower() == "cookie":
            cookies = [each.partition("=") for each in value.split(";")]
            yield name, ";".join(f"{key}{sign}{shown.get(key.strip().lower(), text)}" for key, sign, text in cookies)
        else:
            yield name, value


def _text(first: str, headers: Iterator[tuple[str, str]] | Pairs | list[tuple[str, str]], body: bytes) -> str:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    return "\n".join([*lines, *(["", body[:_LONGEST_BODY].decode("utf-8", "replace")] if body else [])])
