"""Every success of a version has the shape its version promises: wrapped or bare, with the members all answers share.

A client unwraps answers in one place, for all operations. A new endpoint that forgets the wrapper, or an old version that suddenly has
it, breaks that place and nothing in the endpoint's own contract need say so. `unique` names values that no two answers share: a
request id that is the same in every answer finds no line of a log. Where whole answers come again, to requests that name the version in
different ways, that is said: a cache that does not look at the version gives the answers of one for another. A body that breaks its contract as well is reported there (AV301).

Source: ARA-20, ARA-21, ARA-23, ARA-24. Silence: leave `success` out of the version, or loosen the schema in `[successes]`.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.contracts.policy_schemas import schema_problems
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.core.json.pointer import MISSING, lookup
from pytest_apiversion.core.judging.body_faults import is_json
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.served_version import REPLAYED, replayed, shared_by_some
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.responses import Success

_TWO = 2
"""Answers it takes to compare."""


def _success(scene: Scene) -> Success | None:
    name = scene.policy.versions[scene.version].success
    return scene.policy.successes[name] if name is not None else None


def _promised(scene: Scene) -> str | None:
    return f"versions.{scene.version}.success" if scene.stage.answers and _success(scene) is not None else None


def _body(exchange: Exchange, scene: Scene) -> Response | None:
    """The answer, where it is a success with a JSON body; None for others."""
    reading = read(exchange, scene)
    response, operation = exchange.response, reading.contract_operation
    if response is None or operation is None or operation.neutral or response.status not in SUCCESS:
        return None
    if not is_json(response.media_type) or response.parsed.problem is not None or reading.displaced:
        return None
    return response


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    success, response = _success(scene), _body(exchange, scene)
    if success is None or success.schema is None or response is None:
        return None
    found = list(schema_problems(success.schema, response.json))
    if not found:
        return ()
    if read(exchange, scene).body_broken:
        return None
    return [
        Broken(
            summary=f"the success has not the shape {success.name!r}",
            expected=f"the shape {success.name!r}: {'; '.join(found[:3])}",
            received=answer_text(exchange),
            place=f"successes.{success.name}",
        )
    ]


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    success = _success(scene)
    if success is None or not success.unique:
        return None
    answers = [(exchange, response) for exchange in exchanges if (response := _body(exchange, scene)) is not None]
    told_apart = {pointer: list(_values(answers, pointer)) for pointer in success.unique}
    if all(len(values) < _TWO for values in told_apart.values()):
        return None
    return [
        broken
        for pointer, values in told_apart.items()
        for broken in (_replayed(values, pointer, exchanges, scene) or _repeated(values, pointer, success))
    ]


def _values(answers: list[tuple[Exchange, Response]], pointer: str) -> Iterator[tuple[Exchange, str]]:
    """What answers have at a pointer, as text that tells types apart; those that have nothing there left out."""
    for exchange, response in answers:
        found = lookup(response.json, pointer)
        if found is not MISSING:
            yield exchange, json.dumps(found, sort_keys=True)


def _replayed(
    values: list[tuple[Exchange, str]], pointer: str, exchanges: Sequence[Exchange], scene: Scene
) -> list[Broken]:
    """An answer that was given again where the version is named in another way, whatever was asked there; nothing where all have one value."""
    again = shared_by_some(text for _, text in values)
    bodies = {each.response.body for each, text in values if text == again and each.response is not None}
    alike = [each for each in exchanges if each.response is not None and each.response.body in bodies]
    if again is None or not replayed(alike, scene.policy):
        return []
    return [
        Broken(
            summary=f"{REPLAYED}: {pointer} is the same",
            expected=f"{pointer}: another value in every answer, and each version's own answer",
            received=f"{each.secrets.beginning(again, 80)} in {len(alike)} answers; one of them: {answer_text(each)}",
            place=f"successes.{scene.policy.versions[scene.version].success}.unique",
            exchange=each,
        )
        for each in alike
    ]


def _repeated(values: list[tuple[Exchange, str]], pointer: str, success: Success) -> Iterator[Broken]:
    counts = Counter(text for _, text in values)
    again = next(((exchange, text) for exchange, text in reversed(values) if counts[text] >= _TWO), None)
    if again is not None:
        exchange, text = again
        yield Broken(
            summary=f"{pointer} is the same in several answers",
            expected=f"{pointer}: another value in every answer",
            received=f"{exchange.secrets.beginning(text, 80)} in {counts[text]} of {len(values)} answers; last: {answer_text(exchange)}",
            place=f"successes.{success.name}.unique",
            exchange=exchange,
        )


CHECK = Check(
    code="AV314",
    name="success-shape",
    title="successes have their shape",
    promised=_promised,
    judge=_judge,
    conclude=_conclude,
)
