"""Versions were released in the order their names give them: a later one not before an earlier one of its line.

A release date before that of the version it follows is a slip of the pen, or a preview that came after what it led to; clients
that sort versions by name then take an older one for the newest. Only versions of one line are compared: a patch of 1.4 may come
long after 2.0. That names can be read and ordered at all (the grammar, the codenames, one spelling each) is held when the file is read.

Source: AUG-05, AUG-14, AUG-15, GIR-03; semver.org 2.0.0 item 11; AIP-185. Silence: correct `released`, or leave one of the two out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.versions.lifecycle import day, instant
from pytest_apiversion.core.versions.schemes import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.policy.subjects import Version

_LINE: Mapping[str, tuple[str, ...]] = {
    "major.minor": ("major",),
    "semver": ("major", "minor"),
    "minor.patch.codename": ("codename", "minor"),
    "kubernetes": ("stability",),
}
"""The fields that versions of one line share; the versions of other schemes are all of one line."""


def _before(scene: Scene) -> list[Version]:
    """The earlier versions of the subject's line that say when they were released."""
    policy = scene.policy
    if scene.is_alias or policy.scheme == "opaque" or policy.versions[scene.subject].lifecycle.released is None:
        return []
    line = _line(scene, scene.subject)
    names = list(policy.versions)
    earlier = [policy.versions[name] for name in names[: names.index(scene.subject)]]
    return [each for each in earlier if each.lifecycle.released is not None and _line(scene, each.name) == line]


def _line(scene: Scene, name: str) -> tuple[str | None, ...]:
    parsed = parse(scene.policy.scheme, name, scene.policy.codenames)
    fields = parsed.fields if parsed else {}
    return tuple(fields.get(field) for field in _LINE.get(scene.policy.scheme, ()))


def _promised(scene: Scene) -> str | None:
    return f"versions.{scene.subject}.released" if _before(scene) else None


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    mine = scene.policy.versions[scene.subject].lifecycle.released
    rows = [(each.name, each.lifecycle.released) for each in _before(scene)]
    later = [(name, when) for name, when in rows if when and mine and instant(when) > instant(mine)]
    return [
        Broken(
            summary=f"{scene.subject} was released before {name}, which it follows",
            expected=f"not before {day(when)}",
            received=f"released = {day(mine)}",
            place=f"versions.{scene.subject}.released",
        )
        for name, when in later[-1:]
        if mine is not None
    ]


CHECK = Check(
    code="AV101", name="version-order", title="versions released in order", promised=_promised, inspect=_inspect
)
