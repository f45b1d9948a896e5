"""Every request gets an answer: no closed connection, no silence, no unreadable or endless body.

A server that dies or hangs cannot keep any other promise, and a client sees it first. What could not be tried afterwards is
reported as not tried.

Source: RFC 9110 §9.2; RFC 9112 §9.6 (a server closes a connection after an answer, not instead of one). Silence: a longer
`requests.timeout` or a larger `requests.max_body`, where that is what an honest answer takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.exchange import NoAnswer
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange


def _promised(scene: Scene) -> str | None:
    return None if scene.stage is Stage.PLANNED else "api.base_url"


def _judge(exchange: Exchange, _scene: Scene) -> Iterator[Broken]:
    if isinstance(exchange.answer, NoAnswer):
        yield Broken(
            summary=f"no usable answer: {exchange.answer.kind.value}",
            expected="an HTTP response, whole, within the time and size limits",
            received=exchange.answer.detail,
            place="api.base_url",
        )


CHECK = Check(code="AV700", name="answers", title="every request is answered", promised=_promised, judge=_judge)
