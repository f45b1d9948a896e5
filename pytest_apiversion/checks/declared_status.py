"""The status the documentation gives a version is the one its dates give it.

A table of versions that calls v1 "current" on the day of its sunset is read by more people than any header. `status` repeats that
word in the policy file; whoever moves a date, or lets one pass, is told to correct the table. That the dates themselves are in
order is held when the file is read.

Source: ARA-04, GIR-02, VEL-19; RFC 9745 §4. Silence: correct `status` (and the documentation), or leave it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.policy_checks import day, home

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Scene


def _promised(scene: Scene) -> str | None:
    return f"{home(scene)}.status" if scene.policy.lifecycle(scene.subject).status else None


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    life = scene.policy.lifecycle(scene.subject)
    if life.status is None or life.status is scene.stage:
        return ()
    since = [(what, when) for what, when in life.milestones() if when <= scene.as_of]
    dates = f": {since[-1][0]} {day(since[-1][1])}" if since else ""
    return [
        Broken(
            summary=f"{scene.subject} is called {life.status.value} and is {scene.stage.value}",
            expected=f"{scene.stage.value} on {scene.as_of:%Y-%m-%d}{dates}",
            received=f"status = {life.status.value}",
            place=f"{home(scene)}.status",
        )
    ]


CHECK = Check(
    code="AV102",
    name="declared-status",
    title="status agrees with dates",
    promised=_promised,
    inspect=_inspect,
)
