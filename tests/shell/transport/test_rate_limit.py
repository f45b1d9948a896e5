"""Rate limits of ours, and pauses the service asks for."""

from __future__ import annotations

import email.utils
import itertools
import threading
import time
from typing import Any

import pytest

from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Request, Response
from pytest_apiversion.shell.transport.rate_limit import Pace, retry_after
from pytest_apiversion.shell.transport.sender import Transport
from tests.shell.hostile import answering, hostile, reply, serving
from tests.shell.together import together
from tests.thorough import sample

GET = Request(method="GET", path="/")
NOON = 1_800_000_000.0


def transport(base_url: str, **options: Any) -> Transport:
    """A transport to a server that answers well, or asks to come back."""
    return Transport(base_url, **{"timeout": 10, "max_body": 1000, "rate": None, "concurrency": 4, **options})


def busy(pause: str, status: str = "429 Too Many Requests") -> bytes:
    """An answer that asks to come back."""
    return reply(b"{}", f"Retry-After: {pause}", status=status)


def date(instant: float) -> str:
    """An HTTP date."""
    return email.utils.formatdate(instant, usegmt=True)


def statuses(answers: list[Response | NoAnswer]) -> list[int]:
    """The statuses of answers that must all be responses."""
    assert all(isinstance(answer, Response) for answer in answers), answers
    return [answer.status for answer in answers if isinstance(answer, Response)]


@pytest.mark.parametrize(
    ("status", "method"),
    sample(itertools.product(["429 Too Many Requests", "503 Service Unavailable"], ["GET", "POST"]), 3),
)
def test_an_answer_that_says_when_is_asked_again_then(status: str, method: str) -> None:
    """A request that was put off is repeated after the pause; the pause is counted."""
    with serving(answering(busy("1", status), reply())) as server, transport(server.base_url) as sender:
        begun = time.monotonic()
        assert statuses([sender.send(Request(method=method, path="/"))]) == [200]

        assert 1 <= time.monotonic() - begun < 5
        assert (sender.exchanges, sender.waited) == (2, 1)


def test_a_request_is_put_off_three_times_at_most() -> None:
    """What is busy for ever is an answer in the end."""
    with hostile("busy") as base_url, transport(base_url) as sender:
        assert statuses([sender.send(GET)]) == [429]
        assert sender.exchanges == 4


@pytest.mark.parametrize(
    ("answer", "options"),
    [
        pytest.param(busy("31"), {}, id="too-long"),
        pytest.param(busy("9" * 400), {}, id="absurdly-long"),
        pytest.param(busy("soon"), {}, id="unreadable"),
        pytest.param(busy("-1"), {}, id="negative"),
        pytest.param(reply(status="429 Too Many Requests"), {}, id="without-a-word"),
        pytest.param(busy("1", "403 Forbidden"), {}, id="other-status"),
        pytest.param(busy("1"), {"honour_retry_after": False}, id="not-honoured"),
        pytest.param(busy("1"), {"patience": 0.5}, id="no-patience-left"),
    ],
)
def test_other_answers_are_handed_back_at_once(answer: bytes, options: dict[str, Any]) -> None:
    """Nobody waits for more than 30 seconds, for what cannot be read, or for what nobody wanted honoured."""
    with serving(answering(answer, reply())) as server, transport(server.base_url, **options) as sender:
        begun = time.monotonic()
        assert statuses([sender.send(GET)]) == [int(answer.split()[1])]

        assert time.monotonic() - begun < 0.9
        assert (sender.exchanges, sender.waited) == (1, 0)


def test_patience_ends_for_the_whole_run() -> None:
    """A service that puts every request off cannot hold up a run for longer than the patience there is."""
    with serving(answering(busy("1"))) as server, transport(server.base_url, patience=1, concurrency=8) as sender:
        begun = time.monotonic()
        assert statuses(together(sender, [GET] * 40)) == [429] * 40

        assert time.monotonic() - begun < 10
        assert sender.waited == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({"retry-after": "120"}, 120, id="seconds"),
        pytest.param({"Retry-After": " 0 "}, 0, id="now"),
        pytest.param({"Retry-After": date(NOON + 5)}, 5, id="date-by-our-clock"),
        pytest.param({"Retry-After": date(NOON + 5), "Date": date(NOON + 3)}, 2, id="date-by-its-clock"),
        pytest.param({"Retry-After": date(NOON - 5)}, 0, id="past-date"),
        pytest.param({"Retry-After": "Friday, 15-Jan-27 08:00:07 GMT"}, 7, id="rfc-850-date"),
        pytest.param({"Retry-After": "Fri Jan 15 08:00:07 2027"}, 7, id="asctime-date"),
        pytest.param({"Retry-After": date(NOON + 5), "Date": "today"}, 5, id="bad-date-header"),
        pytest.param({"Retry-After": "1.5"}, None, id="fraction"),
        pytest.param({"Retry-After": "\u0661"}, None, id="other-digits"),
        pytest.param({"Retry-After": "Fri, 99 Jan 2027 08:00:07 GMT"}, None, id="no-date"),
        pytest.param({"Retry-After": ""}, None, id="empty"),
        pytest.param({}, None, id="none"),
    ],
)
def test_retry_after_is_read_in_all_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, or any of the three dates (RFC 9110 §10.2.3, §5.6.7), by the service's own clock where it shows it."""
    assert retry_after(Response(status=429, headers=tuple(headers.items())), now=NOON) == seconds


def test_no_answer_asks_for_no_pause() -> None:
    """A timeout is not an invitation."""
    assert retry_after(NoAnswer(kind=NoAnswerKind.TIMEOUT, detail=""), now=NOON) is None


def test_a_pace_is_even() -> None:
    """Turns are a gap apart, time that passed unused is not saved up for a burst, and no rate is no wait."""
    clock = itertools.chain([0.0, 0.0, 0.0, 10.0, 10.0]).__next__

    pace = Pace(4, clock=clock)

    assert [pace.delay() for _ in range(5)] == [0, 0.25, 0.5, 0, 0.25]
    assert [Pace(None).delay() for _ in range(3)] == [0, 0, 0]


def test_all_threads_keep_one_pace() -> None:
    """Twelve requests at forty a second take eleven gaps, however many threads send them, repetitions included."""
    with serving(answering(busy("0"), reply())) as server, transport(server.base_url, rate=40, concurrency=8) as sender:
        begun = time.monotonic()
        others = [threading.Thread(target=sender.send, args=[GET]) for _ in range(3)]
        for thread in others:
            thread.start()
        together(sender, [GET] * 8)
        for thread in others:
            thread.join()

        assert sender.exchanges == 12
        assert 11 / 40 <= time.monotonic() - begun < 5
