"""A deprecated version leaves something to move to: its successor is live, lasts longer, and is at least as stable.

A deprecation notice that points at a preview, at a version that is not released, or at one that ends first tells clients to move
twice. A version that names no successor is spoken of only when nothing else is live either. What is sunset already is history.

Source: VEL-19, GIR-16, AUG-20, MOO-15; the Kubernetes deprecation policy, rule 3; AIP-185. Silence: name another `successor`, or
`[[waivers]]` with a reason and an end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.judging.promises import policy_place
from pytest_apiversion.core.policy.stability import stability, stability_word
from pytest_apiversion.core.versions.lifecycle import Stage, day, instant

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.scene import Scene


def _since(scene: Scene) -> dt.datetime | None:
    """The instant to look at: today, or the deprecation where that is still to come; None where there is none, or no more."""
    life = scene.policy.lifecycle(scene.subject)
    if (life.deprecated is None and not life.undated) or scene.stage is Stage.SUNSET:
        return None
    return scene.as_of if life.deprecated is None else max(scene.as_of, instant(life.deprecated))


def _promised(scene: Scene) -> str | None:
    return None if _since(scene) is None else f"{policy_place(scene)}.deprecated"


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    when = _since(scene)
    if when is None:
        return None
    successor = scene.policy.lifecycle(scene.subject).successor
    if successor is None:
        return () if scene.part is not None else list(_alone(scene, when))  # what a version loses need not be replaced
    return list(_succeeded(scene, successor, when))


def _alone(scene: Scene, when: dt.datetime) -> Iterator[Broken]:
    policy = scene.policy
    live = [name for name in policy.versions if policy.stage(name, when) is Stage.LIVE]
    if not live:
        yield Broken(
            summary=f"{scene.title} is deprecated, and no other version is live",
            expected="a live version to move to",
            received=", ".join(f"{name} is {policy.stage(name, when).value}" for name in policy.versions),
            place=f"{policy_place(scene)}.deprecated",
        )


def _succeeded(scene: Scene, successor: str, when: dt.datetime) -> Iterator[Broken]:
    policy, place = scene.policy, f"{policy_place(scene)}.{'version' if scene.is_alias else 'successor'}"
    life = policy.lifecycle(scene.subject)
    heir = policy.seen_by(successor, life.heir) if life.heir is not None else policy
    stage, name = heir.stage(successor, when), f"{life.heir} of {successor}" if life.heir is not None else successor
    if not stage.answers or stage is Stage.DEPRECATED:
        yield Broken(
            summary=f"the successor of {scene.title}, {name}, is {stage.value}",
            expected=f"a live version on {day(when)}",
            received=f"{name} is {stage.value}",
            place=place,
            severity=Severity.WARNING if stage.answers else None,  # to move twice is bad advice, not a dead end
        )
    ends = heir.lifecycle(successor)
    if life.sunset is not None and ends.sunset is not None and stage is not Stage.SUNSET:
        mine, its = instant(life.sunset, boundary=life.boundary), instant(ends.sunset, boundary=ends.boundary)
        if its <= mine and not scene.is_alias:
            yield Broken(
                summary=f"the successor of {scene.title}, {name}, ends no later than it",
                expected=f"a version that answers after {day(life.sunset)}",
                received=f"{name} ends on {day(ends.sunset)}",
                place=place,
            )
    if not scene.is_alias and stability(policy, successor) < stability(policy, scene.subject):
        rank = stability_word(stability(policy, successor))
        yield Broken(
            summary=f"the successor of {scene.title}, {successor}, is less stable than it",
            expected=f"a version that is {stability_word(stability(policy, scene.subject))}",
            received=f"{successor} is {rank}",
            place=place,
        )


CHECK = Check(
    code="AV105", name="live-successor", title="successor is live", promised=_promised, inspect=_inspect, of_parts=True
)
