"""Every error wears the declared envelope: the router's errors, the version errors and the sunset's included.

A client has one way to read errors. Frameworks answer unknown routes, wrong methods and broken JSON on their own, in HTML or in
nothing, unless someone taught them otherwise.

Source: GIR-10, GIR-22, MOO-31, ARA-34, ARA-35, ARA-36, AUG-12; RFC 9457. Silence: declare another envelope for that class of
error in `errors.classes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.error_envelopes import (
    FIRST_ERROR,
    SUNSET_AIMS,
    WRONG_BY_AIM,
    answer_for,
    envelopes_for,
    problems,
    spoken_for,
)
from pytest_apiversion.core.judging.reading import FOLLOWED, PUBLISHED, displaced, ok, primary, sunset_of, told
from pytest_apiversion.core.judging.undeclared_method import wrong_method
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange, Response

_BAD = frozenset({*WRONG_BY_AIM, Aim.FALL_THROUGH}) - {Aim.CONFLICT}


def _promised(scene: Scene) -> str | None:
    return None if scene.stage is Stage.PLANNED else _usual(scene) or _particular(scene)


def _usual(scene: Scene) -> str | None:
    """Where the envelope of a version's errors is declared."""
    policy = scene.policy
    if policy.versions[scene.version].envelope:
        return f"versions.{scene.version}.envelope"
    return "errors.envelope" if policy.envelope else "errors.classes" if policy.error_classes else None


def _particular(scene: Scene) -> str | None:
    """Where an envelope of rejections, or of what comes after the sunset, is declared though errors have none in common."""
    if scene.stage is Stage.SUNSET:
        sunset = sunset_of(scene)
        return f"{sunset.place}.envelope" if sunset.envelope else None
    if scene.is_alias:
        return None
    holders = (scene.policy.answers, *(carrier.answers for carrier in scene.policy.carriers.values()))
    places = (answer.place for holder in holders for answer in holder.values() if answer.envelope)
    return next((f"{place}.envelope" for place in places), None)


def _plan(scene: Scene) -> Iterator[Ask]:
    """Errors nobody draws by chance: an unknown route, a wrong method. AV316 asks without credentials."""
    operation, via = scene.operation, primary(scene)
    if not scene.stage.answers or _usual(scene) is None:
        return
    selection = () if scene.is_alias else ((via, spell(scene.policy, via, scene.subject)),)
    if operation is None:
        yield Ask(aim=Aim.UNROUTED, selection=selection, via=via, path="/no-such-route-here")
        return
    if operation.neutral:
        return
    if (other := wrong_method(scene)) is not None:
        yield other


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if (
        response is None
        or response.status < FIRST_ERROR
        or exchange.request.method == "HEAD"
        or exchange.aim in FOLLOWED
    ):
        return None
    operation = scene.operation_named(scene.version, exchange.operation)
    if (operation is not None and operation.neutral) or _spoken_of(exchange, scene, response):
        return None
    allowed = envelopes_for(scene.policy, exchange)
    if not allowed or all(
        envelope.schema is None and envelope.code is None and not envelope.empty and not envelope.media_types
        for envelope in allowed
    ):
        return None
    but = spoken_for(scene.policy, exchange)
    wrong = [list(problems(envelope, response, but)) for envelope in allowed]
    if not all(wrong):
        return ()
    names = " or ".join(repr(envelope.name) for envelope in allowed)
    fewest = min(wrong, key=len)
    return [
        Broken(
            summary=f"{response.status} for {exchange.aim.value} does not wear the envelope {names}",
            expected=f"the envelope {names}: {'; '.join(fewest[:3])}",
            received=told(exchange),
            place=f"envelopes.{allowed[0].name}",
        )
    ]


def _spoken_of(exchange: Exchange, scene: Scene, response: Response) -> bool:
    """Whether another check says already that this is not the answer that was due, so that its envelope is not due either."""
    if exchange.aim in PUBLISHED | {Aim.SIDE_EFFECT, Aim.NEUTRAL, Aim.PREFLIGHT} or displaced(exchange, scene):
        return True
    if exchange.aim in SUNSET_AIMS:
        return response.status not in sunset_of(scene).statuses
    if exchange.expected_version is not None:
        return False
    if exchange.aim is Aim.FALL_THROUGH:
        answers = [scene.policy.answer(wrong, carrier=exchange.via) for wrong in ("unknown", "malformed")]
        due = {status for answer in answers if answer is not None for status in answer.statuses}
        return bool(due) and response.status not in due
    answer = answer_for(scene.policy, exchange)
    return answer is not None and answer.kind is AnswerKind.REJECT and response.status not in answer.statuses


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], _scene: Scene) -> bool:
    """Where a bad version was accepted once, what its like gets is a version's own answer, not a rejection."""
    if exchange.aim not in _BAD:
        return False
    return any(
        each.aim is exchange.aim and each.via == exchange.via and each.response is not None and ok(each.response)
        for each in exchanges
    )


CHECK = Check(
    code="AV401",
    name="error-envelope",
    title="errors wear the envelope",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
