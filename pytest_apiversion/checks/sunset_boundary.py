"""A sunset that is only a day says whether the day is the first without service or the last with it.

"Removed on June 1st" is read both ways, by clients and by the code that stops the service; the two differ by a day on which one of
them is wrong. `sunset.boundary` says which is meant; a sunset with a time of day needs none. Without it the day is the first without.

Source: ARA-13, VEL-09. Silence: `sunset.boundary`, or an instant such as `2026-06-01T00:00:00Z`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.judging.promises import policy_place
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    life = scene.policy.lifecycle(scene.subject)
    day_only = life.sunset is not None and not isinstance(life.sunset, dt.datetime)
    return f"{policy_place(scene)}.sunset" if day_only and scene.stage is not Stage.SUNSET else None


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    life = scene.policy.lifecycle(scene.subject)
    if life.boundary_declared:
        return ()
    return [
        Broken(
            summary=f"whether {scene.title} answers on the day of its sunset is not said",
            expected='sunset.boundary: "start-of-day" (the day is the first without) or "end-of-day" (the last with)',
            received=f"sunset = {life.sunset}, and no boundary",
            place="sunset.boundary",
        )
    ]


CHECK = Check(
    code="AV112",
    name="sunset-boundary",
    title="the day of the sunset is clear",
    promised=_promised,
    inspect=_inspect,
    of_parts=True,
    severity=Severity.WARNING,
)
