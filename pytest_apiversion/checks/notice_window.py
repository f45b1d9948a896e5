"""Between the start of its notice and its sunset a version has the time the policy promises.

Months are calendar months: six after August 31st is the last day of February. The count begins at its own release, the announcement, the
deprecation or the successor's release, as `notice.from` says; what `and` adds counts from a start of its own, and all of it holds. A date of an announcement or a
deprecation that is missing leaves a sunset without notice; a version whose release has no date was there always. Minor
releases are counted from `deprecated_in` to `sunset_in`; across two majors they cannot be, and are not.

Source: GIR-15, MOO-18, MOO-19, VEL-20, ARA-10, ARA-11, AUG-20; the Kubernetes deprecation policy, rule 4a. Silence: move the sunset, or,
where something forces a shorter notice, `[[waivers]]` with a reason and an end.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.judging.promises import policy_place
from pytest_apiversion.core.versions.lifecycle import day, instant
from pytest_apiversion.core.versions.notice_period import Start, counted, minors_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.versions.lifecycle import Moment
    from pytest_apiversion.core.versions.notice_period import Notice

_DAY = dt.timedelta(days=1)


def _notice(scene: Scene) -> Notice | None:
    policy = scene.policy
    if scene.part is not None:
        return scene.part.notice if scene.part.lifecycle.sunset is not None else None
    found = policy.aliases[scene.subject].notice if scene.is_alias else policy.versions[scene.subject].notice
    return found if policy.lifecycle(scene.subject).sunset is not None else None


def _promised(scene: Scene) -> str | None:
    notice = _notice(scene)
    return notice.place if notice else None


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    notice = _notice(scene)
    if notice is None:
        return None
    return [
        broken
        for clause in notice.clauses
        for broken in (*(_calendar(scene, clause) if clause.months or clause.days else ()), *_releases(scene, clause))
    ]


def _calendar(scene: Scene, notice: Notice) -> Iterator[Broken]:
    life, place = scene.policy.lifecycle(scene.subject), policy_place(scene)
    if life.sunset is None:
        return
    start, called = _start(scene, notice)
    if start is None:
        if notice.start in {Start.ANNOUNCED, Start.DEPRECATED}:
            yield Broken(
                summary=f"{scene.title} has a sunset, and nothing to count its notice from",
                expected=f"{notice.text} after {called}",
                received=f"sunset = {day(life.sunset)}, and no {called}",
                place=f"{place}.{called}",
            )
        return
    ends, due = instant(life.sunset, boundary=life.boundary), instant(notice.earliest(start))
    if ends < due:
        short = counted(math.ceil((due - ends) / _DAY), "day")
        yield Broken(
            summary=f"{scene.title} ends {short} before its notice does",
            expected=f"{notice.text} after {called} ({day(start)}): not before {day(due)}",
            received=f"sunset = {day(life.sunset)}",
            place=notice.place,
        )


def _start(scene: Scene, notice: Notice) -> tuple[Moment | None, str]:
    """When the notice began, and what that is called in the policy file."""
    policy, life = scene.policy, scene.policy.lifecycle(scene.subject)
    if notice.start is Start.ANNOUNCED:
        return life.announced, "announced"
    if notice.start is Start.DEPRECATED:
        return life.deprecated, "deprecated"
    if notice.start is Start.RELEASED:
        return life.released or policy.versions[scene.version].lifecycle.released, "its release"
    successor = policy.versions.get(life.successor or "")
    # a successor without a date was there always
    return (successor.lifecycle.released if successor else None), f"the release of {life.successor}"


def _releases(scene: Scene, notice: Notice) -> Iterator[Broken]:
    if not notice.minor_releases:
        return
    life, place = scene.policy.lifecycle(scene.subject), policy_place(scene)
    promised = counted(notice.minor_releases, "minor release")
    if life.deprecated_in is None or life.sunset_in is None:
        missing = "deprecated_in" if life.deprecated_in is None else "sunset_in"
        yield Broken(
            summary=f"{scene.title} has a sunset, and its minor releases cannot be counted",
            expected=f"{promised} from deprecated_in to sunset_in",
            received=f"no {missing}",
            place=f"{place}.{missing}",
        )
        return
    between = minors_between(life.deprecated_in, life.sunset_in)
    if between is not None and between < notice.minor_releases:
        yield Broken(
            summary=f"{scene.title} is removed {counted(between, 'minor release')} after it was deprecated",
            expected=f"{promised} from {life.deprecated_in}",
            received=f"sunset_in = {life.sunset_in}",
            place=notice.place,
        )


CHECK = Check(
    code="AV103",
    name="notice-window",
    title="notice before the end",
    promised=_promised,
    inspect=_inspect,
    of_parts=True,
)
