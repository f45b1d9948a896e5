"""A version keeps answering until its sunset: the sunset's status does not come a day early.

Clients plan by the date they were told. A gate that compares days in the server's own time zone, or counts the day itself as past, takes
their last hours away.

Source: MOO-15, VEL-09, GIR-16. Silence: move the declared date; the boundary of its day is `sunset.boundary`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.judging.element_use import element_asks
from pytest_apiversion.core.judging.promises import policy_place, sunset_of
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    life = scene.policy.lifecycle(scene.subject)
    if not scene.stage.answers or life.sunset is None or not sunset_of(scene).statuses:
        return None
    return f"{policy_place(scene)}.sunset"


def _plan(scene: Scene) -> Iterator[Ask]:
    yield from element_asks(scene, Aim.ACCEPTED)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if (
        exchange.aim is not Aim.ACCEPTED
        or response is None
        or not exchange.operation
        or exchange.via not in {"", primary(scene)}
    ):
        return None
    reading = read(exchange, scene)
    if not reading.early_sunset:
        return () if reading.accepted else None  # what is refused for another reason shows no service
    ends = exchange.lifecycle.sunset
    return [
        Broken(
            summary=f"{_what(exchange)} answers {response.status} before its sunset",
            expected=f"service until {ends}" if ends else "service: no sunset is declared",
            received=answer_text(exchange),
            place=_promised(scene) or policy_place(scene),
        )
    ]


def _what(exchange: Exchange) -> str:
    return f"{exchange.operation} with {exchange.elements[0].name}" if exchange.elements else exchange.version


CHECK = Check(code="AV604", name="sunset-early", title="not sunset early", promised=_promised, plan=_plan, judge=_judge)
