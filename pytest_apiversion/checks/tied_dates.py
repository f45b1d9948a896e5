"""A date that is tied to another one lies as far behind it as the policy says.

"Deprecated six months after its successor's release, removed a year after that" is a promise of dates that nobody has to look up: clients
plan by the rule. A date that was moved alone, or written by hand for a release that slipped, breaks it. `on` beside the tie, or the date
that is declared where `[notice]` ties it for all, is held to what follows; a tie without `on` gives the date itself.

Months are calendar months. A day is the same day in UTC, two instants are the same instant. Where the other date is not declared, nothing
follows.

Source: GIR-15, where the end lies a year behind the deprecation. Silence: move the date, leave the tie out, or `[[waivers]]` with a reason
and an end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.judging.promises import policy_place
from pytest_apiversion.core.versions.lifecycle import After, day
from pytest_apiversion.core.versions.tied_dates import agree, tied_date, time_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.versions.lifecycle import Moment, Tie


def _dates(scene: Scene) -> list[tuple[Tie, Moment, Moment, str]]:
    """The ties whose two dates are both declared: the tie, the date, the other date, and what that is called."""
    life = scene.policy.lifecycle(scene.subject)
    found = []
    for tie in life.ties:
        declared = life.deprecated if tie.of == "deprecated" else life.sunset
        start, called = _start(scene, tie)
        if declared is not None and start is not None:
            found.append((tie, declared, start, called))
    return found


def _start(scene: Scene, tie: Tie) -> tuple[Moment | None, str]:
    life = scene.policy.lifecycle(scene.subject)
    if tie.after is After.SUCCESSOR_RELEASED:
        successor = scene.policy.versions.get(life.successor or "")
        return (successor.lifecycle.released if successor else None), f"the release of {life.successor}"
    known = {After.RELEASED: life.released, After.ANNOUNCED: life.announced, After.DEPRECATED: life.deprecated}
    return known[tie.after], tie.after.value


def _promised(scene: Scene) -> str | None:
    return next((tie.place for tie, *_ in _dates(scene)), None)


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    return [
        Broken(
            summary=f"{scene.title} is {'deprecated' if tie.of == 'deprecated' else 'sunset'} on another day than its tie says",
            expected=f"{time_of(tie)} after {called} ({day(start)}): {day(tied_date(tie, start))}, as {tie.place} says",
            received=f"{tie.of} = {day(declared)}",
            place=f"{policy_place(scene)}.{tie.of}",
        )
        for tie, declared, start, called in _dates(scene)
        if not agree(declared, tied_date(tie, start))
    ]


CHECK = Check(
    code="AV113",
    name="tied-dates",
    title="dates follow from one another",
    promised=_promised,
    inspect=_inspect,
    of_parts=True,
)
