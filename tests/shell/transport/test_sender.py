"""The transport against servers that answer badly, late, too much, or not at all."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.core.errors import ServiceUnreachable, ToolError
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Request, Response
from pytest_apiversion.shell.transport.sender import Transport
from tests.shell.hostile import Peer, answering, hostile, reply, serving
from tests.shell.together import together

GET = Request(method="GET", path="/things")
POST = Request(method="POST", path="/things", body=b"{}")

CLOSED, TIMEOUT, BROKEN, TOO_LARGE = (
    NoAnswerKind.CLOSED,
    NoAnswerKind.TIMEOUT,
    NoAnswerKind.BROKEN,
    NoAnswerKind.TOO_LARGE,
)


def transport(base_url: str, **options: Any) -> Transport:
    """A transport that is patient, where a test does not say otherwise."""
    return Transport(base_url, **{"timeout": 10, "max_body": 100_000, "rate": None, "concurrency": 4, **options})


def no_answer(transport: Transport, request: Request = GET) -> NoAnswer:
    """What came of a request that cannot have been answered."""
    answer = transport.send(request)
    assert isinstance(answer, NoAnswer), answer
    return answer


def status(transport: Transport, request: Request = GET) -> int:
    """The status of a request that must have been answered."""
    answer = transport.send(request)
    assert isinstance(answer, Response), answer
    return answer.status


BAD: dict[str, tuple[NoAnswerKind, str]] = {
    "hangs": (TIMEOUT, "no answer within 0.25 s"),
    "drips-status": (TIMEOUT, "the headers were not complete within 0.25 s"),
    "drips-headers": (TIMEOUT, "the headers were not complete within 0.25 s"),
    "drips-interim": (TIMEOUT, "the headers were not complete within 0.25 s"),
    "drips-body": (TIMEOUT, "the body was not complete within 0.25 s, "),
    "drips-open-body": (TIMEOUT, "the body was not complete within 0.25 s, "),
    "drips-chunks": (TIMEOUT, "the body was not complete within 0.25 s, "),
    "stalls-amid-body": (TIMEOUT, "the body was not complete within 0.25 s, "),
    "closes": (CLOSED, "the connection was closed without an answer"),
    "closes-at-once": (CLOSED, "the connection was "),
    "resets": (CLOSED, "the connection was reset without an answer"),
    "garbage": (BROKEN, "the status line is not HTTP: '220 mail.example.org ESMTP'"),
    "other-protocol": (BROKEN, "the status line names a protocol that is not HTTP/1: 'HTTP/3.0'"),
    "no-status": (BROKEN, "the status line is not HTTP: 'HTTP/1.1 fine'"),
    "truncated": (BROKEN, "the connection was closed amid the body, after 10 bytes of it"),
    "truncated-headers": (BROKEN, "the connection was closed amid the headers"),
    "resets-amid-headers": (BROKEN, "the connection was reset amid the headers"),
    "resets-amid-body": (BROKEN, "the connection was reset amid the body, after "),
    "no-colon": (BROKEN, "a header line has no colon behind its name"),
    "two-lengths": (BROKEN, "its Content-Length is '2, 3'"),
    "long-header": (BROKEN, "a line of its head is longer than 65536 bytes"),
    "many-headers": (BROKEN, "it has more than 100 header lines"),
    "bad-chunks": (BROKEN, "the chunked body is malformed after 2 bytes of it"),
    "truncated-chunks": (BROKEN, "the connection was closed amid the body, after 3 bytes of it"),
    "bad-gzip": (BROKEN, "the body is not the gzip it claims to be"),
    "truncated-gzip": (BROKEN, "the gzip body ends too early"),
    "other-coding": (BROKEN, "the body is in the content coding 'br', which was not asked for"),
    "many-codings": (BROKEN, "the body is encoded 5 times over"),
    "50mb": (TOO_LARGE, "the answer is longer than 100000 bytes"),
    "zip-bomb": (TOO_LARGE, "the answer is longer than 100000 bytes"),
    "nested-zip-bomb": (TOO_LARGE, "the answer is longer than 100000 bytes"),
    "endless": (TOO_LARGE, "the answer is longer than 100000 bytes"),
    "endless-chunks": (TOO_LARGE, "the answer is longer than 100000 bytes"),
    "endless-interim": (BROKEN, "more than 100 interim answers came before it"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_answer_is_no_answer_and_says_why(kind: str) -> None:
    """Whatever a server does, a request ends in time, with one short line that names nothing of this process."""
    outcome, detail = BAD[kind]
    timeout = 0.25 if outcome is TIMEOUT else 10  # a busy machine is slow, and must not be late
    with hostile(kind) as base_url, transport(base_url, timeout=timeout) as sender:
        begun = time.monotonic()
        answer = no_answer(sender)

        assert time.monotonic() - begun < 10 * timeout
        assert answer.kind is outcome
        assert answer.detail.startswith(detail)
        assert len(answer.detail) < 100
        assert [mark for mark in ("\n", "0x", "<", "Pool", "Error") if mark in answer.detail] == []


@pytest.mark.parametrize("kind", ["endless-chunk-line", "endless-trailers"])
def test_lines_between_chunks_are_bounded(kind: str) -> None:
    """A line without an end is too large, or broken where the standard library itself knows a limit."""
    with hostile(kind) as base_url, transport(base_url, timeout=10) as sender:
        assert no_answer(sender).kind in {TOO_LARGE, BROKEN}


def test_memory_does_not_follow_a_bad_answer() -> None:
    """After an answer that was too large the same transport still reads a good one."""
    turns = iter([bytes(5_000_000), b"{}"])

    def behave(peer: Peer) -> None:
        while peer.read():
            peer.sock.sendall(reply(next(turns)))

    with serving(behave) as server, transport(server.base_url) as sender:
        assert no_answer(sender).kind is TOO_LARGE
        assert status(sender) == 200


@pytest.mark.parametrize("again", ["at once", "in other threads"])
def test_a_host_that_refuses_at_first_is_not_tried_again(again: str) -> None:
    """Nothing listens: one clear line that names the URL, and no second attempt, though somebody listens by then."""
    with socket.socket() as host:
        host.bind(("127.0.0.1", 0))
        base_url = f"http://127.0.0.1:{host.getsockname()[1]}"
        with transport(base_url) as sender:
            with pytest.raises(ServiceUnreachable, match=rf"^{base_url} cannot be reached: connection refused$"):
                sender.send(GET)
            host.listen()
            host.settimeout(0)
            with pytest.raises(ServiceUnreachable, match="cannot be reached"):
                together(sender, [GET] * 20) if again == "in other threads" else sender.send(GET)

            with pytest.raises(BlockingIOError):
                host.accept()
            assert sender.exchanges == 0


@pytest.mark.parametrize(
    ("host", "reason"),
    [("nobody.invalid", "its host name is unknown"), (f"{'a' * 64}.invalid", "no connection could be made")],
    ids=["unknown", "label-too-long"],
)
def test_a_host_without_an_address_is_unreachable(host: str, reason: str) -> None:
    """A name nobody knows (RFC 2606 §2), or nobody can have, is said to be one."""
    with (
        transport(f"http://{host}:8080") as sender,
        pytest.raises(ServiceUnreachable, match=f"cannot be reached: {reason}"),
    ):
        sender.send(GET)


def test_a_host_that_stops_answering_is_tried_once_more_and_then_given_up() -> None:
    """Once it had answered, a refused connection is tried again as often as is said; then no request is sent any more."""
    with hostile("dies") as base_url, transport(base_url, away=[0.2]) as sender:
        assert [status(sender) for _ in range(3)] == [200] * 3
        begun = time.monotonic()
        with pytest.raises(ServiceUnreachable, match="stopped answering after 3 exchanges: connection refused"):
            sender.send(GET)
        assert 0.2 <= time.monotonic() - begun < 5
        begun = time.monotonic()
        with pytest.raises(ServiceUnreachable, match="stopped answering after 3 exchanges"):
            sender.send(GET)
        assert time.monotonic() - begun < 0.2


def test_a_host_that_restarts_meanwhile_is_asked_again() -> None:
    """A reloading development server is back within the 0.2 s, and the run goes on."""

    def once(peer: Peer) -> None:
        peer.read()
        peer.server.refuse()
        peer.sock.sendall(reply(b"{}", "Connection: close"))

    with serving(once) as server, transport(server.base_url) as sender:
        assert status(sender) == 200
        second = sender.submit(status, sender)
        time.sleep(0.1)
        port = int(server.base_url.rpartition(":")[2])
        with serving(answering(reply()), port) as restarted:
            assert second.result() == 200
            assert len(restarted.requests) == 1


def test_a_host_that_is_away_for_seconds_is_asked_again() -> None:
    """Whoever waits for it is answered when it is back, and no request is lost."""

    def once(peer: Peer) -> None:
        peer.read()
        peer.server.refuse()
        peer.sock.sendall(reply(b"{}", "Connection: close"))

    with serving(once) as server, transport(server.base_url, concurrency=4) as sender:
        assert status(sender) == 200
        waiting = [sender.submit(status, sender) for _ in range(8)]
        time.sleep(0.6)
        with serving(answering(reply()), int(server.base_url.rpartition(":")[2])):
            assert [each.result() for each in waiting] == [200] * 8


def test_where_enough_others_ask_a_request_is_sent_by_who_submits_it() -> None:
    """Where answers come at once, a thread more would only wait for its turn; what goes wrong is raised where the result is asked for, as ever."""
    with serving(answering(reply())) as server, transport(server.base_url, concurrency=4) as sender:
        sender.is_busy = lambda: True
        assert sender.submit(threading.get_ident).result() != threading.get_ident()
        for _ in range(200):
            status(sender)
        assert sender.submit(threading.get_ident).result() == threading.get_ident()
        assert sender.submit(status, sender).result() == 200
        failing = sender.submit(int, "no number")
        with pytest.raises(ValueError, match="no number"):
            failing.result()
        sender.is_busy = lambda: False
        assert sender.submit(threading.get_ident).result() != threading.get_ident()


def test_where_answers_take_their_time_several_wait_for_them() -> None:
    """However many others ask: what one of them does before it asks again is time in which nobody would wait."""

    def slow(peer: Peer) -> None:
        while peer.read():
            time.sleep(0.02)
            peer.sock.sendall(reply())

    with serving(slow) as server, transport(server.base_url, concurrency=4) as sender:
        sender.is_busy = lambda: True
        for _ in range(60):
            status(sender)
        assert sender.submit(threading.get_ident).result() != threading.get_ident()


def test_one_operation_that_is_silent_stops_nothing_else() -> None:
    """Three silences in a row on an operation stop that operation; others are asked as before, and their answers do not begin the count anew."""

    def behave(peer: Peer) -> None:
        while request := peer.read():
            if b"/slow" in request:
                peer.wait()
            peer.sock.sendall(reply())

    with serving(behave) as server, transport(server.base_url, timeout=0.2) as sender:
        slow = [replace(GET, path=f"/slow/{number}", operation="GET /slow/{id}") for number in range(4)]
        for request in slow[:3]:
            assert no_answer(sender, request).kind is TIMEOUT
            assert status(sender) == 200
        with pytest.raises(
            ServiceUnreachable, match=r"requests in a row of GET /slow/\{id\} within 0.2 s; the rest of that"
        ):
            sender.send(slow[3])
        assert status(sender) == 200
        assert sender.exchanges == 7


def test_three_operations_in_a_row_are_the_service() -> None:
    """Where nothing answered in between, three silent operations end the run: nine timeouts, however many operations there are."""

    def behave(peer: Peer) -> None:
        while request := peer.read():
            if b"/slow" in request:
                peer.wait()
            peer.sock.sendall(reply())

    with serving(behave) as server, transport(server.base_url, timeout=0.1) as sender:
        assert status(sender) == 200
        for number in range(9):
            no_answer(sender, replace(GET, path="/slow", operation=f"GET /slow{number // 3}"))
        with pytest.raises(ServiceUnreachable, match="the rest was not tried"):
            sender.send(GET)


def test_a_host_that_merely_takes_no_more_connections_is_silent_not_gone() -> None:
    """A full queue of connections is no answer in time: it counts among the three silences, and is said to be that."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        host, port = listener.getsockname()
        sender = stack.enter_context(transport(f"http://{host}:{port}", timeout=0.2))
        first = sender.submit(sender.send, GET)
        accepted = stack.enter_context(listener.accept()[0])
        accepted.sendall(reply(b"{}", "Connection: close"))
        assert isinstance(first.result(), Response)
        for _ in range(5):
            idle = stack.enter_context(socket.socket())
            idle.settimeout(0)
            idle.connect_ex((host, port))

        answers = [no_answer(sender) for _ in range(3)]

        assert {(answer.kind, answer.detail) for answer in answers} == {(TIMEOUT, "no connection in time")}
        with pytest.raises(ServiceUnreachable, match="did not answer 3 requests in a row"):
            sender.send(GET)


def test_after_three_silences_in_a_row_the_rest_is_not_tried() -> None:
    """A hanging host costs three timeouts, not one for each of a thousand requests."""
    with hostile("hangs") as base_url, transport(base_url, timeout=0.2, concurrency=1) as sender:
        assert [no_answer(sender).kind for _ in range(3)] == [TIMEOUT] * 3
        with pytest.raises(
            ServiceUnreachable, match=r"did not answer 3 requests in a row within 0.2 s; the rest was not tried"
        ):
            together(sender, [GET] * 1000)
        assert sender.exchanges == 3


def test_an_answer_between_silences_begins_the_count_anew() -> None:
    """An operation that is slow now and then is not dead."""
    turns = iter(range(100))

    def behave(peer: Peer) -> None:
        while peer.read():
            if next(turns) % 3 != 2:
                peer.wait()
            peer.sock.sendall(reply())

    with serving(behave) as server, transport(server.base_url, timeout=0.25) as sender:
        for _ in range(2):
            assert [no_answer(sender).kind for _ in range(2)] == [TIMEOUT] * 2
            assert status(sender) == 200


def test_a_fresh_connection_that_is_closed_is_not_tried_again() -> None:
    """Only a kept connection earns a second attempt: a server that closes on a request did so because of it."""
    with serving(lambda peer: peer.read()) as server, transport(server.base_url) as sender:
        assert no_answer(sender, POST).kind is CLOSED
        assert len(server.requests) == 1


def test_requests_share_a_connection() -> None:
    """A second request does not pay for a second connection."""
    with serving(answering(reply())) as server, transport(server.base_url) as sender:
        assert [status(sender) for _ in range(5)] == [200] * 5
        assert server.connections == 1


def test_answers_belong_to_their_requests_and_several_are_in_flight() -> None:
    """Each request has its own answer although the first is answered last, and no more than `concurrency` run."""
    lock = threading.Lock()
    running = most = 0

    def behave(peer: Peer) -> None:
        nonlocal running, most
        while request := peer.read():
            with lock:
                running += 1
                most = max(most, running)
            number = int(request.split()[1][1:])
            time.sleep(0.05 - number / 1000)
            with lock:
                running -= 1
            peer.sock.sendall(reply(str(number).encode()))

    with serving(behave) as server, transport(server.base_url, concurrency=4) as sender:
        answers = together(sender, [Request(method="GET", path=f"/{number}") for number in range(20)])

    assert [answer.body for answer in answers if isinstance(answer, Response)] == [b"%d" % n for n in range(20)]
    assert most == 4


def test_closing_cuts_what_is_in_flight() -> None:
    """A run that is interrupted does not wait for a hanging host."""
    with hostile("hangs") as base_url:
        with transport(base_url, timeout=30) as sender:
            trial = sender.submit(sender.send, GET)
            time.sleep(0.1)
            begun = time.monotonic()
        assert time.monotonic() - begun < 10
        assert isinstance(trial.result(), NoAnswer)
        with pytest.raises(ToolError, match="the transport is closed"):
            sender.send(GET)


def test_redirects_are_answers() -> None:
    """A 302 is given back as it came; what it leads to is not asked."""
    with serving(answering(reply(b"{}", "Location: /elsewhere", status="302 Found"))) as server:
        with transport(server.base_url) as sender:
            answer = sender.send(GET)
        assert isinstance(answer, Response)
        assert (answer.status, answer.header("location")) == (302, "/elsewhere")
        assert len(server.requests) == 1
