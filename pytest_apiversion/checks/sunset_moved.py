"""A sunset never comes earlier than it was locked: who planned by the date keeps the time.

`apiversion lock` writes down when each version ends, beside the digests of the contracts. A later date, or none, is a gift and is
silent; an earlier one, or a version that is gone from the file before its day, takes back what clients were told.

Source: GIR-15, MOO-19. Silence: `apiversion lock POLICY` records the new dates, and the review of that change is the place to say no;
`[[waivers]]` with a reason and an end where something forces it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.judging.promises import is_newest, policy_place
from pytest_apiversion.core.policy.parts import part_name
from pytest_apiversion.core.versions.lifecycle import day, instant

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.scene import Scene


def _gone(scene: Scene) -> dict[str, dt.datetime]:
    """What is locked, is still to end, and is in the file no more."""
    if not is_newest(scene):
        return {}
    policy = scene.policy
    known = {*policy.versions, *policy.aliases}
    known |= {part_name(version, part) for version in policy.parts for part in policy.parts_of(version)}
    return {name: when for name, when in scene.sunsets.items() if name not in known and when > scene.as_of}


def _name(scene: Scene) -> str:
    """What the lock calls it."""
    return scene.subject if scene.part is None else part_name(scene.version, scene.part)


def _promised(scene: Scene) -> str | None:
    return (
        f"{policy_place(scene)}.sunset"
        if _name(scene) in scene.sunsets or (scene.part is None and _gone(scene))
        else None
    )


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    found = [
        Broken(
            summary=f"{name} is gone from the policy before its sunset",
            expected=f"a row for {name} until {day(when)}",
            received="none",
            place="lifecycle" if " " in name else f"versions.{name}",
        )
        for name, when in (_gone(scene).items() if scene.part is None else ())
    ]
    locked, life = scene.sunsets.get(_name(scene)), scene.policy.lifecycle(scene.subject)
    if locked is not None and life.sunset is not None and instant(life.sunset, boundary=life.boundary) < locked:
        found.append(
            Broken(
                summary=f"the sunset of {scene.title} was moved to an earlier day",
                expected=f"not before {day(locked)}, as locked",
                received=f"sunset = {day(life.sunset)}",
                place=f"{policy_place(scene)}.sunset",
            )
        )
    return found


CHECK = Check(
    code="AV110",
    name="sunset-moved",
    title="sunset not moved earlier",
    promised=_promised,
    inspect=_inspect,
    of_parts=True,
)
