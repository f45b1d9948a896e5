"""No request makes the server fail: 5xx is never an answer to what a client sent.

A 500 tells a client nothing about its request, and in the router or the version selection it hides every other promise. 501,
503 and 505, and statuses the contract declares for the operation, are left alone.

Source: RFC 9110 §15.6. Silence: declare the status in the contract's operation, or `AV402 = "warning"` under `[severity]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.judging.answer_kinds import Kind
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    return "contract" if scene.stage.answers else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if response is None or exchange.aim.meaning.own_failure:
        return None
    kind = read(exchange, scene).kind
    if kind is Kind.UNABLE:
        return None
    if kind is not Kind.FAILURE:
        return ()
    return [
        Broken(
            summary=f"{exchange.aim.value} gets {response.status}",
            expected="no 5xx the contract does not declare",
            received=answer_text(exchange),
            place="contract",
        )
    ]


CHECK = Check(code="AV402", name="no-server-error", title="no server error", promised=_promised, judge=_judge)
