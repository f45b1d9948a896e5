"""What a request without a version gets is a version that lives: not one that is gone, planned or a preview.

A default outlives the version it names more often than not: the day v1 is sunset, whoever never named a version is sunset with it.
The same holds of the version an alias leads to.

Source: ARA-08, AUG-18, SEL-16. Silence: move the default to a live version, or, where its end is meant to be seen, `[[waivers]]`
with a reason and an end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.policy_checks import STABLE, day, stability, stability_word
from pytest_apiversion.core.policy.selection import AnswerKind
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Scene


def _places(scene: Scene) -> list[str]:
    """Where the policy lets others than its own clients be answered by the scene's version."""
    policy = scene.policy
    if all(policy.stage(name, scene.as_of) is Stage.PLANNED for name in policy.versions):
        return []  # before the first release nothing answers, and nobody expects it to
    if scene.is_alias:
        return [f"aliases.{scene.subject}.version"] if scene.stage.answers else []
    holders = [policy.answers, *(carrier.answers for carrier in policy.carriers.values())]
    holders += [rule.answers for rule in policy.operations.values()]
    found = [
        answer.place
        for holder in holders
        for answer in holder.values()
        if answer.kind is AnswerKind.DEFAULT and answer.version == scene.subject
    ]
    return list(dict.fromkeys(found))


def _promised(scene: Scene) -> str | None:
    return next(iter(_places(scene)), None)


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    policy, version = scene.policy, scene.version
    stage, rank = policy.stage(version, scene.as_of), stability(policy, version)
    if stage.answers and rank == STABLE:
        return ()
    state = stage.value if not stage.answers else stability_word(rank)
    since = [f" since {day(when)}" for what, when in policy.lifecycle(version).milestones() if what == stage.value]
    what = f"{scene.subject} leads to" if scene.is_alias else "the default is"
    return [
        Broken(
            summary=f"{what} {version}, which is {state}",
            expected=f"a version that answers on {scene.as_of:%Y-%m-%d} and is no preview",
            received=f"{version} is {state}{''.join(since)}",
            place=place,
        )
        for place in _places(scene)
    ]


CHECK = Check(
    code="AV104", name="default-alive", title="default is a live version", promised=_promised, inspect=_inspect
)
