"""Bugs of what a policy says of the answers after a sunset: planted around an honest server, and a policy that says more of them."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from tests.detection.plants import Environ, Plant, Wsgi, copied
from tests.detection.rewriting import rewriting

_STAGE = '{ name = "X-Stage", levels = [{ level = "old" }, { level = "over", days = 0 }] },'
_MOVED = """[[headers]]
name = "X-Moved-To"
on = [410]

[deprecation]
headers = [
"""


def _says_more(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """A policy that promises a level, and where to go, on the answers after the sunset."""
    old = "[deprecation]\nheaders = [\n"
    return copied(folder, "apiversion.toml", lambda text: text.replace(old, f"{_MOVED}  {_STAGE}\n"), locked=False)


_OWN = """gone = { status = 410, code = "V1_IS_OVER", pointer = ["/error/hint", "/error/details/guide"] }

[versions.v2]
"""


def _ends_its_own_way(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """A policy in which v1 answers after its end with a code of its own, and says in two places where to go."""
    return copied(folder, "apiversion.toml", lambda text: text.replace("[versions.v2]\n", _OWN), locked=False)


def _own_end(code: str, **details: str) -> Plant:
    """A server whose v1 says after its end this code, and these details."""

    def change(body: Any) -> Any:
        return {**body, "error": {**body["error"], "code": code, "details": details}}

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            method = environ["REQUEST_METHOD"]
            if method == "HEAD":
                return app(environ, start_response)
            return rewriting("/api/v1.*", change, method=method, status=410)(app)(environ, start_response)

        return wrapped

    return Plant(folder=_ends_its_own_way, wrap=wrap)


def _ending(headers: Mapping[str, str], *, options: bool = True) -> Plant:
    """A server that adds headers to what it answers for v1 after its end, and may leave OPTIONS to the framework."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            def start(line: str, pairs: list[tuple[str, str]], *rest: Any) -> Any:
                gone = line.startswith("410") and environ["PATH_INFO"].startswith("/api/v1")
                return start_response(line, [*pairs, *headers.items()] if gone else pairs, *rest)

            if environ["REQUEST_METHOD"] == "OPTIONS" and not options:
                start_response("204 No Content", [("Allow", "GET, HEAD, OPTIONS")])
                return []
            return app(environ, start)

        return wrapped

    return Plant(folder=_says_more, wrap=wrap)


def _writing(method: str, below: str) -> Callable[[Wsgi], Wsgi]:
    """A gate behind the handler: a write to v1 is done, as v2 does it, and then refused."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            path = environ["PATH_INFO"]
            if environ["REQUEST_METHOD"] == method and path.startswith(f"/api/v1{below}"):
                sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                again = {**environ, "PATH_INFO": path.replace("/v1/", "/v2/"), "wsgi.input": io.BytesIO(sent)}
                list(app(again, lambda *_: None))
                environ["wsgi.input"] = io.BytesIO(sent)
            return app(environ, start_response)

        return wrapped

    return wrap


def _oldest_first(app: Wsgi) -> Wsgi:
    """Workflows are listed in pages of four, the oldest first."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked = dict(parse_qsl(environ.get("QUERY_STRING", "")))
        offset, limit = asked.get("offset", "0"), asked.get("limit", "4")
        listed = environ["REQUEST_METHOD"] == "GET" and environ["PATH_INFO"] == "/api/v2/workflows"
        if not listed or not offset.isdecimal() or not limit.isdecimal() or "status" in asked:
            return app(environ, start_response)
        told: list[tuple[str, list[tuple[str, str]]]] = []
        body = b"".join(
            app(
                {**environ, "QUERY_STRING": f"limit={limit}&offset=0"},
                lambda line, pairs, *_: told.append((line, pairs)),
            )
        )
        if not told[0][0].startswith("200"):
            start_response(*told[0])
            return [body]
        found: list[Any] = []
        while True:
            query = f"limit=100&offset={len(found)}"
            more = json.loads(b"".join(app({**environ, "QUERY_STRING": query}, lambda *_: None)))["data"]
            found += more
            if not more:
                break
        page = found[::-1][int(offset) : int(offset) + min(int(limit), 4)]
        answer = json.dumps({**json.loads(body), "data": page}).encode()
        kept = [pair for pair in told[0][1] if pair[0].lower() != "content-length"]
        start_response(told[0][0], [*kept, ("Content-Length", str(len(answer)))])
        return [answer]

    return wrapped


_HONEST = {"X-Stage": "over", "X-Moved-To": "/api/v2"}

ENDED: Mapping[tuple[str, str], Plant] = {
    ("girard", "honest-says-more-after-the-end"): _ending(_HONEST),
    ("girard", "moved-to-missing-after-the-end"): _ending({"X-Stage": "over"}),
    ("girard", "stage-missing-after-the-end"): _ending({"X-Moved-To": "/api/v2"}),
    ("girard", "stage-stays-old-after-the-end"): _ending({**_HONEST, "X-Stage": "old"}),
    ("girard", "gone-put-still-writes"): Plant(wrap=_writing("PUT", "/workflows/")),
    ("girard", "gone-post-shows-on-the-last-page"): Plant(
        wrap=lambda app: _oldest_first(_writing("POST", "/workflows")(app))
    ),
    ("girard", "honest-v1-ends-its-own-way"): _own_end("V1_IS_OVER", guide="/api/v2/workflows"),
    ("girard", "v1-ends-with-the-code-of-all"): _own_end("VERSION_DEPRECATED", guide="/api/v2/workflows"),
    ("girard", "v1-ends-without-its-second-pointer"): _own_end("V1_IS_OVER"),
    ("girard", "v1-ends-with-a-dead-second-pointer"): _own_end("V1_IS_OVER", guide="/api/v2/moving"),
    ("girard", "v1-ends-with-a-pointer-to-v9"): _own_end("V1_IS_OVER", guide="/api/v9/workflows"),
    ("girard", "options-outlives-v1"): _ending(_HONEST, options=False),
}
"""By policy and name of the bug."""
