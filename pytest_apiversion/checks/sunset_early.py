"""A version keeps answering until its sunset: the sunset's status does not come a day early.

Clients plan by the date they were told. A gate that compares days in the server's own time zone, or counts the day itself as past, takes
their last hours away. A version for which no sunset is declared is served on every day. Of a thing that may not be there, and of a status that the
contract knows, the error code tells.

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
    if not scene.stage.answers or not sunset_of(scene).statuses:
        return None
    place = policy_place(scene)
    return place if scene.policy.lifecycle(scene.subject).sunset is None else f"{place}.sunset"


def _plan(scene: Scene) -> Iterator[Ask]:
    yield from element_asks(scene, Aim.ACCEPTED)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    if exchange.response is None or not exchange.operation or not exchange.aim.meaning.contract:
        return None
    if not reading.early_sunset:
        plain = exchange.aim is Aim.ACCEPTED and exchange.via in {"", primary(scene)}
        return () if plain and reading.accepted else None  # what is refused for another reason shows no service
    if reading.unserved:
        return None  # AV200's
    ends = exchange.lifecycle.sunset
    return [
        Broken(
            summary=f"{_what(exchange)} answers {exchange.response.status} before its sunset",
            expected=f"service until {ends}" if ends else "service: no sunset is declared",
            received=answer_text(exchange),
            place=_promised(scene) or policy_place(scene),
        )
    ]


def _what(exchange: Exchange) -> str:
    return f"{exchange.operation} with {exchange.elements[0].name}" if exchange.elements else exchange.version


CHECK = Check(code="AV604", name="sunset-early", title="not sunset early", promised=_promised, plan=_plan, judge=_judge)
