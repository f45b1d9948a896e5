"""An application in this process gets what it would get over a socket, and its answer is read as one from there."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from pytest_apiversion.core.checking.exchange import NoAnswer, NoAnswerKind, Request, Response
from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.shell.transport.in_process import is_asgi
from pytest_apiversion.shell.transport.sender import Transport
from tests.apps.kit import serving
from tests.frameworks.serving import serving_asgi
from tests.in_process.odd import Asgi, without_lifespan, wsgi

KINDS = ("wsgi", "asgi")


@contextlib.contextmanager
def transport(application: Any, base_url: str = "http://localhost", **limits: Any) -> Iterator[Transport]:
    """A transport to an application."""
    options = {"timeout": 10.0, "max_body": 100_000, "rate": None, "concurrency": 2, **limits}
    with Transport(base_url, application=application, **options) as found:
        yield found


@contextlib.contextmanager
def both(kind: str) -> Iterator[tuple[Transport, Transport]]:
    """A transport to an application over a socket, and one to its twin in this process."""
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(serving(wsgi) if kind == "wsgi" else serving_asgi(Asgi()))
        yield (
            stack.enter_context(transport(None, url)),
            stack.enter_context(transport(wsgi if kind == "wsgi" else Asgi(), url)),
        )


REQUESTS = {
    "encoded path": Request(method="GET", path="/a%2Fb%20c/%C3%A9;x=1", query=(("q", "ü&="), ("q", ""))),
    "two headers of a name": Request(method="GET", path="/x", headers=(("X-A", "1"), ("X-A", "2"))),
    "spaces around a value": Request(method="GET", path="/x", headers=(("X-A", " 1\t"),)),
    "header in UTF-8": Request(method="GET", path="/x", headers=(("X-A", "é"),)),
    "body": Request(method="POST", path="/x", headers=(("Content-Type", "text/plain"),), body=b"\x00\xff"),
    "empty body": Request(method="PUT", path="/x", body=b""),
    "no body": Request(method="POST", path="/x"),
    "delete": Request(method="DELETE", path="/x"),
    "head": Request(method="HEAD", path="/x"),
    "own user agent": Request(method="GET", path="/x", headers=(("User-Agent", "me"),)),
}


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_arrives(kind: str, name: str) -> None:
    """Method, path, query, headers and body reach an application in this process as they do behind a server."""
    with both(kind) as (socket, here):
        over, within = socket.send(REQUESTS[name]), here.send(REQUESTS[name])

    assert isinstance(over, Response)
    assert isinstance(within, Response)
    assert within.status == over.status
    assert _joined(within) == _joined(over)
    assert (within.body == b"") is (name == "head")


def _joined(answer: Response) -> Any:
    """What an application said it got; two headers of a name in one line, as some servers hand them on."""
    said = answer.json
    if said is None:
        return None
    rows: dict[str, list[str]] = {}
    for name, value in said["headers"]:
        rows.setdefault(name, []).append(value)
    return said | {"headers": {name: ", ".join(values) for name, values in rows.items()}}


@pytest.mark.parametrize("path", ["/gzip", "/empty", "/twice"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_comes_back(kind: str, path: str) -> None:
    """Codings are undone, a 204 has no body, and a header can come twice: as over a socket."""
    with both(kind) as (socket, here):
        over, within = (each.send(Request(method="GET", path=path)) for each in (socket, here))

    assert isinstance(over, Response)
    assert isinstance(within, Response)
    assert (within.status, within.body) == (over.status, over.body)
    assert within.lines("set-cookie") == over.lines("set-cookie")
    assert within.header("date") is not None


@pytest.mark.parametrize("kind", KINDS)
def test_an_application_that_raises_answers_500(kind: str) -> None:
    """A crash is a 500, as behind a server, and its body says what was raised."""
    with transport(wsgi if kind == "wsgi" else Asgi()) as here:
        answer = here.send(Request(method="GET", path="/crash"))

    assert isinstance(answer, Response)
    assert answer.status == 500
    assert "LookupError: no such row" in answer.text


@pytest.mark.parametrize(
    ("kind", "path", "limits", "expected"),
    [
        ("wsgi", "/slow", {"timeout": 0.2}, NoAnswerKind.TIMEOUT),
        ("asgi", "/slow", {"timeout": 0.2}, NoAnswerKind.TIMEOUT),
        ("wsgi", "/endless", {}, NoAnswerKind.TOO_LARGE),
        ("asgi", "/endless", {}, NoAnswerKind.TOO_LARGE),
        ("wsgi", "/line-end", {}, NoAnswerKind.BROKEN),
        ("asgi", "/half", {}, NoAnswerKind.BROKEN),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("/") else None,
)
def test_an_answer_is_bounded(kind: str, path: str, limits: dict[str, Any], expected: NoAnswerKind) -> None:
    """No answer in time, one without an end and one that no server could write are told, not waited for."""
    with transport(wsgi if kind == "wsgi" else Asgi(), **limits) as here:
        answer = here.send(Request(method="GET", path=path))
        after = here.send(Request(method="GET", path="/x"))

    assert isinstance(answer, NoAnswer)
    assert answer.kind is expected
    assert isinstance(after, Response)


def test_an_application_that_says_nothing_answers_500() -> None:
    """An ASGI application that returns without an answer is a 500, as behind a server."""
    with transport(Asgi()) as here:
        answer = here.send(Request(method="GET", path="/silent"))

    assert isinstance(answer, Response)
    assert answer.status == 500


def test_a_lifespan_begins_and_ends_once() -> None:
    """An ASGI application is started before the first request and ended with the transport."""
    application = Asgi()
    with transport(application) as here:
        assert application.life == []
        for _ in range(2):
            assert isinstance(here.send(Request(method="GET", path="/x")), Response)
        assert application.life == ["startup"]

    assert application.life == ["startup", "shutdown"]


def test_an_application_that_does_not_start_is_not_asked() -> None:
    """A failed start is told as a service that cannot be asked, with the application's own reason."""
    with (
        transport(Asgi(refuses=True)) as here,
        pytest.raises(ServiceUnreachable, match="did not start: no database"),
    ):
        here.send(Request(method="GET", path="/x"))


def test_an_application_may_have_no_lifespan() -> None:
    """The specification lets an application raise where it is asked for a lifespan."""
    with transport(without_lifespan) as here:
        answer = here.send(Request(method="GET", path="/x"))

    assert isinstance(answer, Response)
    assert answer.body == b"here"


def test_a_base_url_says_where_an_application_would_be() -> None:
    """Its path stands before every path, its host is the `Host`."""
    with transport(wsgi, "https://api.example.org/base") as here:
        answer = here.send(Request(method="GET", path="/x"))

    assert isinstance(answer, Response)
    assert json.loads(answer.body)["path"] == "/base/x"


class _Either:
    async def __call__(self, *arguments: Any) -> None:
        """Takes whatever there is."""


@pytest.mark.parametrize(
    ("application", "expected"),
    [(wsgi, False), (Asgi(), True), (without_lifespan, True), (_Either(), True), (lambda *_: [], False)],
    ids=["wsgi", "asgi object", "asgi function", "async, any arguments", "any arguments"],
)
def test_what_kind_an_application_is(application: Any, expected: bool) -> None:  # noqa: FBT001  a table
    """Three arguments are ASGI; where any number will do, a coroutine function is."""
    assert is_asgi(application) is expected
