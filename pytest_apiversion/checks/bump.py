"""A version changes no more than its bump allows: what its frozen contract has over the contract before it is held to `[changes.bumps]`.

A patch may change nothing, a minor version nothing that breaks clients; a new major version, codename or preview may change anything,
unless the policy says otherwise. What each change weighs is said by `[changes.severity]`, and what is accepted all the same by
`[[changes.waivers]]`. A stable version is held to the stable one before it, whatever previews lie between them. The minor releases of a version
(`[[versions.v1.releases]]`) are held to each other by semver, the ones that are still to come included.

Source: semver.org 2.0.0 items 6 to 8; AUG-06, AUG-07, AUG-08, AUG-17, GIR-04, GIR-05, MOO-24, MOO-30. Silence: raise the bump, or waive
the change with a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.policy.version_bumps import held_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.core.policy.compatibility import Step

_TOLD = 20
"""Kinds of change of one step that are told by themselves; the command shows them all."""

_NAMED = 5
"""Fingerprints that are told of one kind."""


def _promised(scene: Scene) -> str | None:
    if scene.is_alias:
        return None
    held = next((step.place for step in held_steps(scene.policy, scene.subject)), None)
    releases = scene.policy.versions[scene.subject].releases
    return held or (f"versions.{scene.subject}.releases" if releases else None)


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    steps = list(scene.steps(scene.subject))
    return [broken for step in steps for broken in _broken(step, scene)] if steps else None


def _broken(step: Step, scene: Scene) -> Iterator[Broken]:
    if step.problem:
        yield Broken(
            summary=f"{step.new} cannot be compared with {step.old}",
            expected=step.told,
            received=step.problem,
            place=step.place,
        )
    kinds: dict[str, list[Change]] = {}
    for change in step.changes:
        kinds.setdefault(change.rule.id, []).append(change)
    for name, changes in list(kinds.items())[:_TOLD]:
        first, more = changes[0], len(changes) - 1
        others = f", and {more} more {'changes' if more > 1 else 'change'} of that kind" if more else ""
        yield Broken(
            summary=f"{first.text}{others} [{name}] at {first.place or first.old_place}",
            expected=step.told,
            received=_reached(changes),
            place=step.place,
            kind=name,
        )
    if len(kinds) > _TOLD:
        rest = sum(map(len, list(kinds.values())[_TOLD:]))
        yield Broken(
            summary=f"{rest} more changes since {step.old}, of {len(kinds) - _TOLD} kinds",
            expected=step.told,
            received="apiversion diff tells them all"
            if step.noun != "version"
            else f"see: apiversion diff --policy {scene.policy.source} {step.old} {step.new}",
            place=step.place,
            kind="more",
        )


def _reached(changes: list[Change]) -> str:
    """The operations that changes reach, and their fingerprints, of many some."""
    operations = dict.fromkeys(name for change in changes for name in change.operations)
    prints = dict.fromkeys(change.fingerprint for change in changes)
    reached = f"reaches {_some(operations, 1)}" if operations else "reaches no operation"
    return f"{reached}; fingerprint{'s' if len(prints) > 1 else ''} {_some(prints, _NAMED)}"


def _some(names: Iterable[str], most: int) -> str:
    listed = list(names)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return f"{', '.join(listed[:most])}{more}"


CHECK = Check(
    code="AV306",
    name="bump",
    title="a version changes no more than its bump allows",
    promised=_promised,
    inspect=_inspect,
)
