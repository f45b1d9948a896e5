"""A release of an SDK is pinned to the API version its number names, and is not left with one that is gone.

`api` is read as a floor: 1.4 goes on working when the service is at 1.6, since minor releases only add. The numbers it gives are
those of the SDK's release, and its major is the version's, where versions have numbers. The SDK ends no later than its version does,
and gets the same notice as a version: from its own deprecation to its own sunset.

Source: MOO-25, GIR-27. Silence: correct the row of `[[sdks]]`; give the SDK a `sunset`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.versions.lifecycle import day, instant
from pytest_apiversion.core.versions.notice_period import Start
from pytest_apiversion.core.versions.schemes import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.policy.maintenance import Sdk


def _sdks(scene: Scene) -> list[Sdk]:
    return [] if scene.is_alias else [sdk for sdk in scene.policy.sdks if sdk.version == scene.subject]


def _promised(scene: Scene) -> str | None:
    return next((sdk.place for sdk in _sdks(scene)), None)


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    return [
        broken
        for sdk in _sdks(scene)
        for broken in (*_mispinned(scene, sdk), *_stranded(scene, sdk), *_hurried(scene, sdk))
    ]


def _numbers(text: str) -> list[str]:
    """The numbers of a release or a pin, up to its `x` or `*`."""
    found = []
    for part in text.split("."):
        if not part.isdigit():
            break
        found.append(part)
    return found


def _mispinned(scene: Scene, sdk: Sdk) -> Iterator[Broken]:
    if sdk.api is None:
        return
    pin, release = _numbers(sdk.api), _numbers(sdk.release)
    shared = min(len(pin), len(release), 2)
    if pin[:shared] != release[:shared]:
        yield Broken(
            summary=f"{sdk.name} {sdk.release} is pinned to another API than its number says",
            expected=f"api = {'.'.join(release[:2])}",
            received=f"api = {sdk.api}",
            place=f"{sdk.place}.api",
        )
    parsed = parse(scene.policy.scheme, sdk.version, scene.policy.codenames)
    fields = parsed.fields if parsed else {}
    major = fields.get("number") or fields.get("major")
    if major is not None and pin[0] != major:
        yield Broken(
            summary=f"{sdk.name} {sdk.release} speaks {sdk.version} and is pinned to another major",
            expected=f"api = {major}, the major of {sdk.version}",
            received=f"api = {sdk.api}",
            place=f"{sdk.place}.api",
        )


def _stranded(scene: Scene, sdk: Sdk) -> Iterator[Broken]:
    life = scene.policy.lifecycle(sdk.version)
    if life.sunset is None:
        return
    ends = instant(life.sunset, boundary=life.boundary)
    its = instant(sdk.sunset, boundary=life.boundary) if sdk.sunset is not None else None
    if its is None or its > ends:
        yield Broken(
            summary=f"{sdk.name} {sdk.release} is supported longer than {sdk.version}, which it speaks",
            expected=f"a sunset on {day(life.sunset)} at the latest",
            received=f"sunset = {day(sdk.sunset)}" if sdk.sunset is not None else "no sunset",
            place=f"{sdk.place}.sunset",
        )


def _hurried(scene: Scene, sdk: Sdk) -> Iterator[Broken]:
    notice = scene.policy.versions[sdk.version].notice
    if notice is None or sdk.deprecated is None or sdk.sunset is None:
        return
    ends = instant(sdk.sunset, boundary=scene.policy.lifecycle(sdk.version).boundary)
    counted = [clause for clause in notice.clauses if clause.start in {Start.ANNOUNCED, Start.DEPRECATED}]
    for clause in counted:
        due = instant(clause.earliest(sdk.deprecated))
        if ends < due:
            yield Broken(
                summary=f"{sdk.name} {sdk.release} ends before its notice does",
                expected=f"{clause.text} after deprecated ({day(sdk.deprecated)}): not before {day(due)}",
                received=f"sunset = {day(sdk.sunset)}",
                place=f"{sdk.place}.sunset",
            )


CHECK = Check(code="AV111", name="sdk-pins", title="SDKs and their pins", promised=_promised, inspect=_inspect)
