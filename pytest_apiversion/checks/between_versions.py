"""A version between two declared ones is served as the policy says: by the earlier of them, or as itself.

Where dates waterfall, a date without a version of its own gets the one that was current then; where versions are a range, each of
them is a version, and its echo names it and not its neighbour. Where dates waterfall, an echo names the version that answers, or what was
asked for, and nothing else.

Source: Cadwyn (waterfall), OpenStack microversions (range). Silence: `waterfall = false`, `range = false`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.statuses import ok
from pytest_apiversion.core.judging.expected_version import judge_expected_version
from pytest_apiversion.core.judging.served_version import echo_due, echo_text
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.version_texts import echoes, gap, spelling
from pytest_apiversion.core.versions.spelling import spelling as spelling_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.selection import Echo


def _promised(scene: Scene) -> str | None:
    policy = scene.policy
    if scene.is_alias or not (policy.waterfall or policy.range) or _later(scene) is None:
        return None
    return "versioning.waterfall" if policy.waterfall else "versioning.range"


def _later(scene: Scene) -> tuple[str, str] | None:
    """The next version that serves, and one between the subject and it; None where there is none."""
    serving = scene.policy.answering(scene.as_of)
    after = serving[serving.index(scene.subject) + 1 :] if scene.subject in serving else ()
    text = gap(scene.policy, scene.subject, after[0]) if after else None
    return None if text is None else (after[0], text)


def _plan(scene: Scene) -> Iterator[Ask]:
    operation, policy = scene.operation, scene.policy
    if operation is None or _promised(scene) is None or operation.method != "GET" or (found := _later(scene)) is None:
        return
    later, name = found
    for kind in policy.carriers:
        text = spelling(policy, kind).write(name)
        yield Ask(
            aim=Aim.BETWEEN,
            selection=((kind, text),),
            via=kind,
            probe=name,
            expected_version=scene.subject,
            compare=(scene.subject, later),
        )


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, policy = exchange.response, scene.policy
    if exchange.aim is not Aim.BETWEEN or response is None or not ok(exchange.peers[scene.subject]):
        return None
    place, what = _promised(scene) or "", f"{exchange.probe} in the {exchange.via}"
    if not ok(response):
        due = f"{scene.subject} answers, which is the one before it" if policy.waterfall else "an answer of its own"
        return [Broken(summary=f"{what} is refused", expected=due, received=answer_text(exchange), place=place)]
    if policy.waterfall:
        broken = judge_expected_version(exchange, scene, what, "the version before it,", place)
        return broken or (_misnamed(exchange, scene, response, place) or broken)
    if policy.echo is None or not echo_due(policy, scene.subject, response):
        return ()
    return _broken_echo(exchange, policy, policy.echo, response, place)


def _misnamed(exchange: Exchange, scene: Scene, response: Response, place: str) -> list[Broken]:
    """What there is to say of an echo that names no declared version, where dates waterfall: it may name what was asked for, and nothing else."""
    policy = scene.policy
    text = echo_text(policy, response)
    if policy.echo is None or text is None or echoes(policy, text) is not None:
        return []  # one that names a declared version tells which one answered
    return _broken_echo(exchange, policy, policy.echo, response, place)


def _broken_echo(exchange: Exchange, policy: Policy, echo: Echo, response: Response, place: str) -> list[Broken]:
    """What there is to say of an echo that does not name the very version that was asked for."""
    due = spelling_of(echo.spelling, policy.scheme, policy.codenames).write(exchange.probe or "")
    text, where = echo_text(policy, response), echo.header or echo.pointer
    if text == due:
        return []
    summary = f"asked for {exchange.probe}, {where} says {text or 'nothing'}"
    return [Broken(summary=summary, expected=f"{where} says {due}", received=answer_text(exchange), place=place)]


CHECK = Check(
    code="AV223",
    name="between-versions",
    title="versions between two declared ones",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
