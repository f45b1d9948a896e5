"""After its sunset a version is served by the one the policy names, and the answer says so.

Clients that are not refused do not notice that they got another version; the echo is all they have to see it by.

Source: SUN-10; Shopify (falls forward to the oldest supported version). Silence: leave `sunset.served_by` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.statuses import ok
from pytest_apiversion.core.judging.expected_version import contrasting_version, judge_expected_version
from pytest_apiversion.core.judging.promises import sunset_of
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.served_version import echo_due, echo_text
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.version_texts import echoes, spell
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene

_PLACE = "sunset.served_by"


def _promised(scene: Scene) -> str | None:
    forward = sunset_of(scene).served_by
    if scene.is_alias or scene.stage is not Stage.SUNSET or forward is None:
        return None
    return _PLACE if scene.policy.serving(forward, scene.as_of) is not None else None


def _plan(scene: Scene) -> Iterator[Ask]:
    operation, policy = scene.operation, scene.policy
    due = policy.serving(sunset_of(scene).served_by, scene.as_of)
    if operation is None or due is None or _promised(scene) is None or operation.method != "GET":
        return
    other = contrasting_version(scene, due)
    for kind in policy.carriers:
        yield Ask(
            aim=Aim.FALL_FORWARD,
            selection=((kind, spell(policy, kind, scene.subject)),),
            via=kind,
            probe=scene.subject,
            expected_version=due,
            compare=(due,) if other is None else (due, other),
        )


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, due = exchange.response, exchange.expected_version
    if exchange.aim is not Aim.FALL_FORWARD or response is None or due is None:
        return None
    if ok(exchange.peers[due]) and not ok(response):
        summary = f"{exchange.probe} is refused after its sunset ({exchange.via})"
        return [Broken(summary=summary, expected=f"{due} serves it", received=answer_text(exchange), place=_PLACE)]
    if not echo_due(scene.policy, due, response):
        return judge_expected_version(exchange, scene, f"{exchange.probe} after its sunset", "", _PLACE)
    text = read(exchange, scene).echo
    unsaid = text is None and echo_text(scene.policy, exchange.peers[due]) is None  # nowhere: AV210's
    if unsaid or (text is not None and echoes(scene.policy, text) == due):
        return judge_expected_version(exchange, scene, f"{exchange.probe} after its sunset", "", _PLACE) or ()
    summary = f"the answer to {exchange.probe} after its sunset says it is {text or 'nothing'}"
    return [
        Broken(
            summary=summary, expected=f"it says {due}, which serves it", received=answer_text(exchange), place=_PLACE
        )
    ]


CHECK = Check(
    code="AV605",
    name="fall-forward",
    title="served by another after the sunset",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
