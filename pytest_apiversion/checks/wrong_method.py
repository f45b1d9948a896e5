"""A method that a path does not have gets the status the policy says, which by the standard is 405.

A `404` for a wrong method tells a client that the record is gone, and it deletes its own copy. RFC 9110 asks for `405` with an
`Allow` that lists what there is (`[[headers]]` holds it); services that hide routes answer otherwise, so it is the policy's word.
Each path of a version is asked once, in a method that no template of its contract has there. That such a request is answered with a
success is left to the checks of what a version must not serve.

Where a 405 has an `Allow`, it lists what the contract has there, `HEAD` and `OPTIONS` left aside, and not the very method that was refused: a list
that is short, or of another path, sends a client to the wrong one. That is a warning. Operations with a life of their own may be listed, or not.

Source: RFC 9110 §15.5.6, §10.2.1, §9.1. Silence: leave `errors.wrong_method` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.statuses import ok
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.request_faults import undeclared_method
from pytest_apiversion.core.judging.wording import answer_text, statuses_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation

_OF_ITS_OWN = frozenset({401, 403, 429, 503})
"""Refusals that say nothing of the method: who asks, how often, and when."""

_NOT_ALLOWED = 405
_BY_THEMSELVES = frozenset({"HEAD", "OPTIONS"})
"""Methods that frameworks answer unasked, and list or not."""


def _promised(scene: Scene) -> str | None:
    return "errors.wrong_method" if scene.policy.error_rules.wrong_method and scene.stage.answers else None


def _plan(scene: Scene) -> Iterator[Ask]:
    if _promised(scene) is not None and (ask := undeclared_method(scene)) is not None:
        yield ask


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    response, operation = exchange.response, reading.operation
    if response is None or operation is None or exchange.aim is not Aim.UNROUTED:
        return None
    statuses = scene.policy.error_rules.wrong_method
    if response.status in statuses:
        return list(_allow(exchange, scene, operation))
    if ok(response) or response.status in _OF_ITS_OWN or reading.displaced:
        return None
    method = exchange.request.method
    return [
        Broken(
            summary=f"{method}, which the contract does not have on the path, gets {response.status}",
            expected=f"{statuses_text(statuses)}: the path is there, the method is not",
            received=answer_text(exchange),
            place="errors.wrong_method",
        )
    ]


def _allow(exchange: Exchange, scene: Scene, operation: Operation) -> Iterator[Broken]:
    """What is wrong with the methods that a 405 lists."""
    response, refused = exchange.response, exchange.request.method
    if response is None or response.status != _NOT_ALLOWED or not (lines := response.lines("Allow")):
        return
    listed = {each.strip() for line in lines for each in line.split(",")}
    own = scene.policy.parts.get(scene.version, {})
    methods = scene.contracts[scene.version].methods(operation.path)
    there = [method for method in methods if f"{method} {operation.path}" not in own]
    lacking = sorted({*there} - listed - _BY_THEMSELVES)
    if refused in listed or lacking:
        says = f"lists {refused}" if refused in listed else f"does not list {' and '.join(lacking)}"
        yield Broken(
            summary=f"Allow of the {response.status} to {refused} {says}",
            expected=f"the methods of the path: {', '.join(there)}",
            received=f"Allow: {', '.join(lines)}",
            place="errors.wrong_method",
            severity=Severity.WARNING,
        )


def _yields(exchange: Exchange, exchanges: Sequence[Exchange], _scene: Scene) -> bool:
    """Whether the path gives nobody a success: that it is not there is AV302's to say."""
    answers = [
        each.response
        for each in exchanges
        if each.aim is Aim.ACCEPTED and each.operation == exchange.operation and each.response is not None
    ]
    return bool(answers) and not any(map(ok, answers))


CHECK = Check(
    code="AV407",
    name="wrong-method",
    title="wrong methods are told apart",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    yields=_yields,
)
