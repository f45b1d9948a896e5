"""Every request gets an answer: no closed connection, no silence, no unreadable or endless body.

A server that dies or hangs cannot keep any other promise, and a client sees it first. What could not be tried afterwards is
reported as not tried.

An answer that can be read, and that a cache or a proxy may read otherwise, is told too: a body behind the answer to a `HEAD` or behind a 204
or 304, two answers to one request, `Content-Length` beside `Transfer-Encoding`, a NUL in a header. Whoever takes what comes behind an
answer for the next one gives one client what is another's.

Source: RFC 9110 §5.5, §9.2 and §9.3.2; RFC 9112 §6.3 and §9.6 (a server closes a connection after an answer, not instead of one). Silence: a longer
`requests.timeout` or a larger `requests.max_body`, where that is what an honest answer takes; `contract.unambiguous = false` for what two
readers may take for two things.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.http.messages import NoAnswer
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    return None if scene.stage is Stage.PLANNED else "api.base_url"


def _judge(exchange: Exchange, scene: Scene) -> Iterator[Broken]:
    if isinstance(exchange.answer, NoAnswer):
        yield Broken(
            summary=f"no usable answer: {exchange.answer.kind.value}",
            expected="an HTTP response, whole, within the time and size limits",
            received=exchange.answer.detail,
            place="api.base_url",
        )
    if exchange.response is not None and scene.policy.rules.unambiguous:
        yield from (
            Broken(
                summary=f"two readers may take the answer for two things: {anomaly}",
                expected="one answer, which every reader takes for the same (contract.unambiguous)",
                received=f"{seen}; {answer_text(exchange)}",
                place="api.base_url",
            )
            for anomaly, seen in exchange.response.anomalies
        )


CHECK = Check(code="AV700", name="answers", title="every request is answered", promised=_promised, judge=_judge)
