"""A sunset never comes earlier than it was locked: who planned by the date keeps the time.

`apiversion lock` writes down when each version ends, beside the digests of the contracts. A later date, or none, is a gift and is
silent; an earlier one, or a version that is gone from the file before its day, takes back what clients were told.

Source: GIR-15, MOO-19. Silence: `apiversion lock POLICY` records the new dates, and the review of that change is the place to say no;
`[[waivers]]` with a reason and an end where something forces it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.policy_checks import day, home, speaks_for_all
from pytest_apiversion.core.versions.lifecycle import instant

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Scene


def _gone(scene: Scene) -> dict[str, dt.datetime]:
    """What is locked, is still to end, and is in the file no more."""
    if not speaks_for_all(scene):
        return {}
    known = {*scene.policy.versions, *scene.policy.aliases}
    return {name: when for name, when in scene.sunsets.items() if name not in known and when > scene.as_of}


def _promised(scene: Scene) -> str | None:
    return f"{home(scene)}.sunset" if scene.subject in scene.sunsets or _gone(scene) else None


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    found = [
        Broken(
            summary=f"{name} is gone from the policy before its sunset",
            expected=f"a row for {name} until {day(when)}",
            received="none",
            place=f"versions.{name}",
        )
        for name, when in _gone(scene).items()
    ]
    locked, life = scene.sunsets.get(scene.subject), scene.policy.lifecycle(scene.subject)
    if locked is not None and life.sunset is not None and instant(life.sunset, boundary=life.boundary) < locked:
        found.append(
            Broken(
                summary=f"the sunset of {scene.subject} was moved to an earlier day",
                expected=f"not before {day(locked)}, as locked",
                received=f"sunset = {day(life.sunset)}",
                place=f"{home(scene)}.sunset",
            )
        )
    return found


CHECK = Check(code="AV110", name="sunset-moved", title="sunset not moved earlier", promised=_promised, inspect=_inspect)
