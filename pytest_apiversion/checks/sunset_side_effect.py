"""A request to a sunset version changes nothing, whatever it is answered.

A gate after the handler answers 410 and deletes all the same. What a write through the sunset version left behind is read
through the successor, on every page of a list that is followed. It counts only where the same write through the successor is seen there;
where it is not, the promise is not exercised.

It is tried only where unsafe methods may be sent.

Source: RFC 9110 §15.5.11. Silence: send no unsafe methods to a shared server, or `AV603 = "off"` under `[severity]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.judging.element_use import element_asks
from pytest_apiversion.core.judging.promises import sunset_of
from pytest_apiversion.core.judging.served_version import changed
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    life = scene.policy.lifecycle(scene.subject)
    if scene.stage is not Stage.SUNSET or not scene.unsafe or (life.successor is None and not life.place):
        return None
    if sunset_of(scene).served_by is not None:
        return None
    if life.place and not _seen_beside(scene):
        return None
    contract = scene.contracts.get(scene.version)
    if contract is None:
        return None
    operations = contract.asked
    if not scene.once("writes", lambda: any(each.method not in SAFE_METHODS for each in operations)):
        return None
    return f"aliases.{scene.subject}.gone" if scene.is_alias else "sunset"


def _seen_beside(scene: Scene) -> bool:
    """Whether what an ended operation would write can be read: by its successor version, or by a GET of its path that lives on."""
    operation, policy, version = scene.operation, scene.policy, scene.version
    if operation is None or operation.method in SAFE_METHODS:
        return False
    reader = f"GET {operation.path}"
    if policy.lifecycle(scene.subject).successor not in {None, version}:
        return True
    return (
        scene.operation_named(version, reader) is not None
        and policy.seen_by(version, reader).stage(version, scene.as_of).answers
    )


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    if scene.unsafe and operation is not None and operation.method not in SAFE_METHODS:
        yield from element_asks(scene, Aim.SIDE_EFFECT)
    if operation is None or operation.neutral or operation.method in SAFE_METHODS or _promised(scene) is None:
        return
    via = primary(scene)
    selection = scene.selection
    yield Ask(aim=Aim.SIDE_EFFECT, selection=selection, via=via)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    """The shell reads the same place twice before the write and once after; `probe` is a text the write would leave there.

    A write that was served is AV601's to report.
    """
    response = exchange.response
    if exchange.aim is not Aim.SIDE_EFFECT or response is None or exchange.probe is None:
        return None
    written = exchange.peers.get("written")
    if written is None or written.status not in sunset_of(scene).statuses:
        return None
    before, again = exchange.peers["before"], exchange.peers["again"]
    marker = exchange.probe
    took_effect = marker in response.text and marker not in before.text if marker else changed(before, again, response)
    if not took_effect:
        return ()
    return [
        Broken(
            summary=f"{exchange.operation} {_through(exchange)} took effect",
            expected=f"no side effect: what {'can be read' if exchange.elements else 'the successor shows'} stays as it was",
            received=f"before: {before.status}; after: {answer_text(exchange)}",
            place=f"aliases.{scene.subject}.gone" if scene.is_alias else "sunset",
        )
    ]


def _through(exchange: Exchange) -> str:
    if exchange.elements:
        return f"with {exchange.elements[0].name}, which is over,"
    return f"through the sunset {exchange.version}"


CHECK = Check(
    code="AV603",
    name="sunset-side-effect",
    title="no side effect after sunset",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
