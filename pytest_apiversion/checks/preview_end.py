"""A preview is called one, and ends when the policy says previews do.

A preview that outlives the version it led to becomes a version by itself, with none of its guarantees. Its name and `preview = true`
say the same; `previews.expires` says whether it ends with the release of what it leads to or with the next stable version after
that, `previews.max_age` how long it may last. That previews are numbered and ordered as numbers is held when the file is read.

Source: AUG-14, AUG-17, AUG-19; AIP-181; Azure REST API guidelines. Silence: give the preview a `sunset`, or `[[waivers]]` with a
reason and an end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.policy.stability import STABLE, stability
from pytest_apiversion.core.policy.version_bumps import base
from pytest_apiversion.core.versions.lifecycle import day, instant
from pytest_apiversion.core.versions.schemes import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.policy.subjects import Version


def _named_so(scene: Scene) -> bool:
    """Whether the version's name says that it is a preview."""
    parsed = parse(scene.policy.scheme, scene.version, scene.policy.codenames)
    return parsed is not None and "preview" in parsed.fields


def _promised(scene: Scene) -> str | None:
    if scene.is_alias:
        return None
    preview, previews = scene.policy.lifecycle(scene.subject).preview, scene.policy.previews
    if _named_so(scene):
        return f"versions.{scene.subject}"
    return "previews" if preview and (previews.expires or previews.max_age) else None


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    return list(_broken(scene))


def _broken(scene: Scene) -> Iterator[Broken]:
    policy, name = scene.policy, scene.subject
    life = policy.lifecycle(name)
    if not life.preview:
        yield Broken(
            summary=f"{name} is a preview by its name and not by its row",
            expected="preview = true",
            received="preview = false" if _named_so(scene) else "no preview",
            place=f"versions.{name}.preview",
        )
        return
    ends = instant(life.sunset, boundary=life.boundary) if life.sunset is not None else None
    after = _expiry(scene)
    if after is not None and after.lifecycle.released is not None:
        due = instant(after.lifecycle.released)
        if ends is None or ends > due:
            yield Broken(
                summary=f"{name} outlives the release of {after.name}",
                expected=f"a sunset on {day(due)} at the latest ({policy.previews.expires})",
                received=f"sunset = {day(life.sunset)}" if life.sunset is not None else "no sunset",
                place="previews.expires",
            )
    age = policy.previews.max_age
    if age is not None and life.released is not None:
        due = instant(age.earliest(life.released))
        if (ends or scene.as_of) > due:
            yield Broken(
                summary=f"{name} is a preview for longer than previews last",
                expected=f"{age.text} at most: a sunset on {day(due)} at the latest",
                received=f"sunset = {day(life.sunset)}" if life.sunset is not None else "no sunset",
                place="previews.max_age",
            )


def _expiry(scene: Scene) -> Version | None:
    """The version whose release ends the preview; None where it is not declared.

    A preview leads to the version of its own name without the preview part; one that is named by its day, to the next stable one.
    """
    policy = scene.policy
    names = list(policy.versions)
    stable = [
        policy.versions[name] for name in names[names.index(scene.subject) + 1 :] if stability(policy, name) == STABLE
    ]
    own = base(policy, scene.subject)
    dated = "year" in own
    led_to = stable[:1] if dated else [version for version in stable if base(policy, version.name) == own]
    found = {"on-promotion": led_to, "on-next-stable": [version for version in stable if version not in led_to]}
    return next(iter(found.get(policy.previews.expires or "", ())), None)


CHECK = Check(code="AV107", name="preview-end", title="previews end", promised=_promised, inspect=_inspect)
