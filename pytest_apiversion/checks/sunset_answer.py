"""After its sunset a version answers as declared (410 unless said otherwise): every operation, every method, every carrier.

So does an operation to requests with a parameter, a member or a value that has ended in `[[lifecycle]]`; a member of its answers is there
no more.

Redirects are not followed: a 301 to the successor hands old clients answers they cannot read. Hand-written gates forget methods
and routers, so all of them are tried, `OPTIONS` too (no preflight: it has no `Origin`).

Where 404 or 405 is declared, it counts only where a living version would say something else: not where what was asked for names
nothing, nor for a method the path never had. Where a status has other reasons too, such as each of a whole `4xx`, and `sunset.code` is
declared, an answer with another error code is no sunset's: AV602 tells of that.

Where `sunset.served_by` names a version that serves instead, AV605 holds that.

Source: RFC 9110 §15.5.11; GIR-20, MOO-17, ARA-14, VEL-17, VEL-21. Silence: `sunset.status`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.contracts.elements import ElementKind
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.http.statuses import succeeds
from pytest_apiversion.core.judging.credentials import missing_answer
from pytest_apiversion.core.judging.element_use import element_asks, shown
from pytest_apiversion.core.judging.promises import ends_by_status, sunset_of
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text, statuses_text
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.contracts.elements import Element
    from pytest_apiversion.core.policy.parts import Part

_NOT_FOUND, _NOT_ALLOWED = 404, 405
"""RFC 9110 §15.5.5 and §15.5.6."""

_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def _promised(scene: Scene) -> str | None:
    if scene.stage.answers and (over := _over(scene)):
        return f"{over[0][0].place}.sunset"
    if scene.stage is not Stage.SUNSET or sunset_of(scene).served_by is not None:
        return None
    return f"aliases.{scene.subject}.gone" if scene.is_alias else "sunset.status"


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    yield from element_asks(scene, Aim.SUNSET)
    if operation is None or operation.neutral or _promised(scene) is None:
        return
    if scene.stage is not Stage.SUNSET:
        return
    ways = list(_ways(scene, operation))
    yield from ways
    for method in _others(scene, operation):
        if scene.unsafe or method in SAFE_METHODS:
            yield from (replace(way, method=method) for way in ways)


def _others(scene: Scene, operation: Operation) -> list[str]:
    """The methods a path has not, which are tried once for each path; of a part, whose path may live on, HEAD with its GET only."""
    if scene.policy.lifecycle(scene.subject).place:
        return ["HEAD"] if operation.method == "GET" else []
    methods = scene.contracts[scene.version].methods(operation.path)
    return [method for method in _METHODS if method not in methods] if operation.method == methods[0] else []


def _ways(scene: Scene, operation: Operation) -> Iterator[Ask]:
    """The operation through every way it can be asked for."""
    policy = scene.policy
    if scene.is_alias:
        yield Ask(aim=Aim.SUNSET, via=scene.subject)
        return
    for kind in policy.carriers:
        yield Ask(aim=Aim.SUNSET, selection=((kind, spell(policy, kind, scene.subject)),), via=kind)
    missing = missing_answer(scene, operation.key)
    if missing is not None and missing.kind is AnswerKind.DEFAULT and missing.version == scene.subject:
        yield Ask(aim=Aim.SUNSET, via="default")


def _over(scene: Scene) -> list[tuple[Part, Element]]:
    """The members of an operation's answers that are over."""
    if scene.operation is None or scene.version not in scene.policy.elements:
        return []
    parts = scene.policy.elements[scene.version].get(scene.operation.key, ())
    return [
        (part, each)
        for part in parts
        if part.lifecycle.stage(scene.as_of) is Stage.SUNSET
        for each in part.elements
        if each.kind is ElementKind.RESPONSE
    ]


def _left(exchange: Exchange, scene: Scene) -> list[Broken] | None:
    """Members that a success still shows after their end; None where an answer cannot show them."""
    over, response = _over(scene), read(exchange, scene).own_answer
    if not over or response is None or not succeeds(response) or response.parsed.problem is not None:
        return None
    return [
        Broken(
            summary=f"{element.title} is still there after its sunset",
            expected=f"answers without {element.title}: it was sunset on {part.lifecycle.sunset}",
            received=answer_text(exchange),
            place=f"{part.place}.sunset",
        )
        for part, element in over
        if shown(element, response)
    ]


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.stage.answers:
        return _left(exchange, scene)
    if exchange.aim is not Aim.SUNSET or response is None:
        return None
    sunset = sunset_of(scene)
    if response.status in sunset.statuses:
        return None if _shows_nothing(exchange, scene, response.status) or _of_another_code(exchange, scene) else ()
    return [
        Broken(
            summary=f"{exchange.request.method}{_with(exchange)} gets {response.status} {_when(exchange)} ({exchange.via})",
            expected=f"{statuses_text(sunset.statuses)}: {_what(exchange)} {exchange.lifecycle.ending(exchange.as_of)}",
            received=answer_text(exchange),
            place=f"{sunset.place}.status",
        )
    ]


def _what(exchange: Exchange) -> str:
    if exchange.elements:
        return " and ".join(part.name for part in exchange.elements)
    return f"{exchange.operation} of {exchange.version}" if exchange.lifecycle.place else exchange.version


def _when(exchange: Exchange) -> str:
    return "after the sunset" if exchange.lifecycle.brownout(exchange.as_of) is None else "during a brownout"


def _with(exchange: Exchange) -> str:
    return f" with {_what(exchange)}" if exchange.elements else ""


def _shows_nothing(exchange: Exchange, scene: Scene, status: int) -> bool:
    """Whether a version that lives would say the same: what is asked for names nothing, so as to harm nothing."""
    operation = read(exchange, scene).operation
    if operation is None:
        return False
    return (status == _NOT_FOUND and bool(operation.path_parameters) and exchange.of_nothing) or (
        status == _NOT_ALLOWED and exchange.request.method != operation.method
    )


def _of_another_code(exchange: Exchange, scene: Scene) -> bool:
    """Whether the error code says that a status, which has other reasons too, was given for another one."""
    reading, sunset = read(exchange, scene), sunset_of(scene)
    status = exchange.response.status if exchange.response is not None else None
    told = bool(sunset.codes) and exchange.request.method != "HEAD" and reading.wears_envelope
    return told and status not in ends_by_status(sunset) and reading.error_code not in sunset.codes


CHECK = Check(code="AV601", name="sunset-answer", title="sunset answer", promised=_promised, plan=_plan, judge=_judge)
