"""Every error wears the declared envelope: the router's errors, the version errors and the sunset's included.

A client has one way to read errors. Frameworks answer unknown routes, wrong methods and broken JSON on their own, in HTML or in
nothing, unless someone taught them otherwise.

Source: GIR-10, GIR-22, MOO-31, ARA-34, ARA-35, ARA-36, AUG-12; RFC 9457. Silence: declare another envelope for that class of
error in `errors.classes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim, Receiver
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.statuses import FIRST_ERROR, ok
from pytest_apiversion.core.judging.error_envelopes import (
    envelope_problems,
    wrong_place,
)
from pytest_apiversion.core.judging.promises import sunset_of
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.request_faults import stray_path, undeclared_method
from pytest_apiversion.core.judging.wording import place_text
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response


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
    answers = [answer for holder in holders for answer in holder.values()]
    named = (f"{each.place}.envelope" for each in answers if each.envelope)
    return next(named, None) or next((f"{each.place}.envelope_of" for each in answers if each.envelope_of), None)


def _plan(scene: Scene) -> Iterator[Ask]:
    """Errors nobody draws by chance: an unknown route, a wrong method. AV316 asks without credentials."""
    operation, via = scene.operation, primary(scene)
    if not scene.stage.answers or _usual(scene) is None:
        return
    selection = scene.selection
    if operation is None:
        yield Ask(aim=Aim.UNROUTED, selection=selection, via=via, path=stray_path(scene))
        return
    if operation.neutral:
        return
    if (other := undeclared_method(scene)) is not None:
        yield other


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    response = exchange.response
    if (
        response is None
        or response.status < FIRST_ERROR
        or exchange.request.method == "HEAD"
        or exchange.aim.meaning.elsewhere
    ):
        return None
    operation = reading.operation
    if (operation is not None and operation.neutral) or _spoken_of(exchange, scene, response):
        return None
    allowed = reading.envelopes
    if not allowed or all(
        not envelope.tells and not envelope.empty and not envelope.media_types for envelope in allowed
    ):
        return None
    wrong = envelope_problems(scene.policy, exchange)
    if not all(wrong):
        return ()
    names = " or ".join(sorted(repr(envelope.name) for envelope in allowed))
    fewest = min(wrong, key=len)
    place = wrong_place(allowed[wrong.index(fewest)], response, reading.spoken_for)
    return [
        Broken(
            summary=f"{response.status} for {exchange.aim.value} does not wear the envelope {names}",
            expected=f"the envelope {names}: {'; '.join(fewest[:3])}",
            received=place_text(exchange, place),
            place=f"envelopes.{allowed[0].name}",
        )
    ]


def _spoken_of(exchange: Exchange, scene: Scene, response: Response) -> bool:
    """Whether another check says already that this is not the answer that was due, so that its envelope is not due either."""
    reading = read(exchange, scene)
    if not exchange.aim.meaning.envelope or reading.displaced:
        return True
    if exchange.aim.meaning.receiver is Receiver.SUNSET:
        return response.status not in sunset_of(scene).statuses
    if exchange.expected_version is not None:
        return False
    if len(wrongs := exchange.aim.meaning.wrongs) > 1:
        answers = [scene.policy.answer(wrong, carrier=exchange.via) for wrong in wrongs]
        due = {status for answer in answers if answer is not None for status in answer.statuses}
        return bool(due) and response.status not in due
    answer = reading.declared
    return answer is not None and answer.kind is AnswerKind.REJECT and response.status not in answer.statuses


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], _scene: Scene) -> bool:
    """Where a bad version was accepted once, what its like gets is a version's own answer, not a rejection."""
    meaning = exchange.aim.meaning
    if not meaning.wrongs or meaning.ranked:
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
