"""A deprecated version leaves something to move to: its successor is live, lasts longer, and is at least as stable.

A deprecation notice that points at a preview, at a version that is not released, or at one that ends first tells clients to move
twice. A version that names no successor is spoken of only when nothing else is live either. What is sunset already is history.

Source: VEL-19, GIR-16, AUG-20, MOO-15; the Kubernetes deprecation policy, rule 3; AIP-185. Silence: name another `successor`, or
`[[waivers]]` with a reason and an end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Broken, Severity
from pytest_apiversion.core.judging.policy_checks import day, home, stability, stability_word
from pytest_apiversion.core.versions.lifecycle import Stage, instant

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.check import Scene


def _since(scene: Scene) -> dt.datetime | None:
    """The instant to look at: today, or the deprecation where that is still to come; None where there is none, or no more."""
    life = scene.policy.lifecycle(scene.subject)
    if life.deprecated is None or scene.stage is Stage.SUNSET:
        return None
    return max(scene.as_of, instant(life.deprecated))


def _promised(scene: Scene) -> str | None:
    return None if _since(scene) is None else f"{home(scene)}.deprecated"


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    when = _since(scene)
    if when is None:
        return None
    successor = scene.policy.lifecycle(scene.subject).successor
    return list(_alone(scene, when) if successor is None else _succeeded(scene, successor, when))


def _alone(scene: Scene, when: dt.datetime) -> Iterator[Broken]:
    policy = scene.policy
    live = [name for name in policy.versions if policy.stage(name, when) is Stage.LIVE]
    if not live:
        yield Broken(
            summary=f"{scene.subject} is deprecated, and no other version is live",
            expected="a live version to move to",
            received=", ".join(f"{name} is {policy.stage(name, when).value}" for name in policy.versions),
            place=f"{home(scene)}.deprecated",
        )


def _succeeded(scene: Scene, successor: str, when: dt.datetime) -> Iterator[Broken]:
    policy, place = scene.policy, f"{home(scene)}.{'version' if scene.is_alias else 'successor'}"
    stage, life = policy.stage(successor, when), policy.lifecycle(scene.subject)
    if not stage.answers or stage is Stage.DEPRECATED:
        yield Broken(
            summary=f"the successor of {scene.subject}, {successor}, is {stage.value}",
            expected=f"a live version on {day(when)}",
            received=f"{successor} is {stage.value}",
            place=place,
            severity=Severity.WARNING if stage.answers else None,  # to move twice is bad advice, not a dead end
        )
    ends = policy.lifecycle(successor)
    if life.sunset is not None and ends.sunset is not None and stage is not Stage.SUNSET:
        mine, its = instant(life.sunset, boundary=life.boundary), instant(ends.sunset, boundary=ends.boundary)
        if its <= mine and not scene.is_alias:
            yield Broken(
                summary=f"the successor of {scene.subject}, {successor}, ends no later than it",
                expected=f"a version that answers after {day(life.sunset)}",
                received=f"{successor} ends on {day(ends.sunset)}",
                place=place,
            )
    if not scene.is_alias and stability(policy, successor) < stability(policy, scene.subject):
        rank = stability_word(stability(policy, successor))
        yield Broken(
            summary=f"the successor of {scene.subject}, {successor}, is less stable than it",
            expected=f"a version that is {stability_word(stability(policy, scene.subject))}",
            received=f"{successor} is {rank}",
            place=place,
        )


CHECK = Check(code="AV105", name="live-successor", title="successor is live", promised=_promised, inspect=_inspect)
