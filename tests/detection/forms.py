"""Other honest ways of the reference servers: each keeps the policy in a form that a careless check would take for a fault."""

from __future__ import annotations

import contextlib
import itertools
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.detection.part_plants import documented
from tests.detection.plants import Environ, Plant, Wsgi, answering, copied


def says(old: str, new: str) -> Callable[[Path], contextlib.AbstractContextManager[Path]]:
    """A policy that says one thing otherwise."""
    return lambda folder: copied(folder, "apiversion.toml", lambda text: text.replace(old, new), locked=True)


@contextlib.contextmanager
def of_no_version(folder: Path) -> Iterator[Path]:
    """Aragora's policy, in which rejections have no envelope of their own, and what nobody declared selects nothing."""
    ignored = 'carriers = ["path", "header", "accept"]\nundeclared_carriers = "ignored"'
    with (
        says(', envelope = "coded" }', " }")(folder) as once,
        says('carriers = ["path", "header", "accept"]', ignored)(once) as twice,
    ):
        yield twice


def mounted(prefix: str) -> Callable[[Wsgi], Wsgi]:
    """An application that is mounted under a prefix, with the server's own 404 beside it, which knows of no versions."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            asked: list[str] = []

            def start(line: str, pairs: list[tuple[str, str]], *rest: Any) -> Any:
                if environ["PATH_INFO"].startswith(prefix) or not line.startswith("4"):
                    return start_response(line, pairs, *rest)
                asked.append(line)
                start_response("404 Not Found", [("Content-Type", "text/html"), ("Content-Length", "9")])
                return None

            body = b"".join(app(environ, start))
            return [b"Not Found" if asked else body]

        return wrapped

    return wrap


def header(name: str, value: str) -> Callable[[Environ, dict[str, str], bytes], bytes]:
    """A header that is written otherwise, where it is there."""

    def edit(_environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
        if name in headers:
            headers[name] = value
        return body

    return edit


def pointing(where: Callable[[str], str]) -> Callable[[Environ, dict[str, str], bytes], bytes]:
    """Moonborn's answers after the sunset point elsewhere, by the path they were asked for."""

    def edit(environ: Environ, _headers: dict[str, str], body: bytes) -> bytes:
        if b'"version_removed"' not in body:
            return body
        said = json.loads(body)
        said["error"]["migration"] = where(environ["PATH_INFO"].removeprefix("/v1"))
        return json.dumps(said).encode()

    return edit


def deployed(_environ: Environ, _headers: dict[str, str], body: bytes) -> bytes:
    """Moonborn was deployed on a day that its HTTP server has not come to, and the run has."""
    if b'"deployedAt"' not in body or b'"openapi"' in body:
        return body
    return json.dumps({**json.loads(body), "deployedAt": "2027-05-01T08:00:00Z"}).encode()


def tagged(_environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
    """Each body of Augno has the entity tag of its bytes."""
    if body:
        headers["ETag"] = f'"{zlib.crc32(body):08x}"'
    return body


def weakly_tagged(_environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
    """All versions of Augno share one weak entity tag, which promises no equal bytes."""
    if body:
        headers["ETag"] = 'W/"rev-7"'
    return body


def _uncoded(_environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
    """Who uses a method that is not there is told so without a code."""
    said = json.loads(body) if "Allow" in headers and body else None
    if said:
        del said["error"]["code"]
    return json.dumps(said).encode() if said else body


def _busy_now_and_then(app: Wsgi) -> Wsgi:
    """A machine of Aragora, to which only some of those come who name v2 in the header, has no time for the third of them."""
    turns = itertools.count(1)

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("HTTP_X_API_VERSION") == "2" and environ["PATH_INFO"] == "/api/agents" and next(turns) % 3 == 0:
            told: list[tuple[str, str]] = []
            b"".join(app(environ, lambda _, pairs, *__: told.extend(pairs)))
            limits = [pair for pair in told if pair[0].startswith("X-RateLimit")]  # what every answer of v2 says
            start_response("503 Service Unavailable", [("Content-Type", "application/json"), *limits])
            return [b'{"error": "busy", "code": "BUSY", "trace_id": "t", "support_url": "https://example.org"}']
        return app(environ, start_response)

    return wrapped


FORMS: Mapping[tuple[str, str], Plant] = {
    ("moonborn", "sunset-is-the-last-second-of-its-day"): answering(
        header("Sunset", "Sun, 16 May 2027 23:59:59 GMT"),
        folder=says('boundary = "start-of-day"', 'boundary = "end-of-day"'),
    ),
    ("moonborn", "sunset-points-to-the-version"): answering(pointing(lambda _: "/v2")),
    ("moonborn", "sunset-points-to-the-same-thing"): answering(pointing("/v2{}".format)),
    ("aragora", "rejections-wear-the-usual-envelope"): Plant(folder=of_no_version),
    ("moonborn", "deployed-on-a-day-to-come"): answering(deployed),
    ("aragora", "busy-now-and-then"): Plant(wrap=_busy_now_and_then),
    ("aragora", "codes-of-one-version"): Plant(
        folder=says("unauthorized = 401\n", 'unauthorized = 401\ncodes = { NOT_FOUND = "404" }\n')
    ),
    ("moonborn", "some-errors-have-no-code"): answering(
        _uncoded,
        folder=says('["code", "message", "requestId"]\n', '["message", "requestId"]\n'),
    ),
    ("aragora", "deprecated-at-ten-of-its-day"): answering(header("Deprecation", "@1735725600")),
    ("aragora", "bodies-have-tags"): answering(tagged),
    ("girard", "contract-marks-what-ends"): Plant(
        folder=lambda folder: documented(folder, marked=("replaceWorkflow", "listRuns"))
    ),
    ("aragora", "contract-marks-what-ends"): Plant(
        folder=lambda folder: documented(folder, marked=("getRankings", "getDebateConsensus"))
    ),
    ("augno", "each-body-has-its-own-tag"): answering(tagged),
    ("augno", "one-weak-tag-for-all-versions"): answering(weakly_tagged),
    ("augno", "another-application-beside-the-api"): Plant(wrap=mounted("/v1/")),
}
"""By policy and name of the form."""

DAYS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("moonborn", "sunset-is-the-last-second-of-its-day"): ("2026-11-20",),
    ("moonborn", "sunset-points-to-the-version"): ("2027-05-16",),
    ("moonborn", "sunset-points-to-the-same-thing"): ("2027-05-16",),
    ("aragora", "rejections-wear-the-usual-envelope"): ("2026-04-01",),
    ("moonborn", "deployed-on-a-day-to-come"): ("2027-05-15",),
    ("aragora", "busy-now-and-then"): ("2026-11-20",),
    ("aragora", "codes-of-one-version"): ("2026-04-01",),
    ("moonborn", "some-errors-have-no-code"): ("2026-11-20",),
    ("aragora", "deprecated-at-ten-of-its-day"): ("2026-04-01",),
    ("aragora", "bodies-have-tags"): ("2026-04-01",),
    ("girard", "contract-marks-what-ends"): ("2028-01-10",),
    ("aragora", "contract-marks-what-ends"): ("2027-03-01",),
    ("augno", "each-body-has-its-own-tag"): ("2026-11-20",),
    ("augno", "one-weak-tag-for-all-versions"): ("2026-11-20",),
    ("augno", "another-application-beside-the-api"): ("2026-11-20",),
}
"""When each is held to its policy."""
