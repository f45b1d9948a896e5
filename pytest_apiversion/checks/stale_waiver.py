"""Waivers are not stale: what `[[changes.waivers]]` accepts is still there, and its time is not over.

A waiver that matches no change hides the next one that it happens to match. One that names two versions is looked for between them,
one that names none between all versions; one that names a single version is about a new document of it, which
`apiversion diff --policy` sees and a run does not.

Source: the waivers a policy file declares. Silence: remove the waiver, or give it a later `until` and a reason that still holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.policy.version_bumps import owner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.check import Scene


def _promised(scene: Scene) -> str | None:
    if scene.is_alias:
        return None
    waivers = scene.policy.changes.waivers
    return next((each.where for each in waivers if owner(each, scene.policy) == scene.subject), None)


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    return [
        Broken(
            summary=objection.text,
            expected="every waiver is of a change that is there, and none has expired",
            received=f"read on {scene.as_of.date()}",
            place=objection.place,
        )
        for objection in scene.objections(scene.subject)
    ]


CHECK = Check(code="AV307", name="stale-waiver", title="waivers are not stale", promised=_promised, inspect=_inspect)
