"""What a waiver that matches no change may have been about: the same change as another rule tells it now, or one that stands near."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.rules import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.core.policy.compatibility import ChangeWaiver

_MOST_ASKED = 200
"""Changes that are asked whether another rule told them before."""

_NAMED = 3


def near_told(waiver: ChangeWaiver, changes: Iterable[Change]) -> str:
    """The part of a sentence that names what a waiver may have been about, by rule and fingerprint; empty where nothing is near.

    Args:
        waiver: A waiver that matches no change.
        changes: The changes that are not waived.
    """
    known = list({change.fingerprint: change for change in changes}.values())
    if retold := _retold(waiver, known):
        return f', or write `change = "{retold.fingerprint}"`, for what it waived is told by `{retold.rule.id}` now'
    near = _near(waiver, known)
    more = f" and {len(near) - _NAMED} more" if len(near) > _NAMED else ""
    return f"; near it {'are' if len(near) > 1 else 'is'} {', '.join(map(_named, near[:_NAMED]))}{more}" if near else ""


def _named(change: Change) -> str:
    return f"`{change.rule.id}` ({change.fingerprint})"


def _retold(waiver: ChangeWaiver, changes: Sequence[Change]) -> Change | None:
    """The change that another rule told before, under the waiver's fingerprint."""
    for change in islice(changes, _MOST_ASKED if waiver.change else 0):
        known = list(names())
        befores, afters = (
            [value, ABSENT] if value is not ABSENT else [ABSENT] for value in (change.before, change.after)
        )
        for before, after in product(befores, afters):
            if waiver.change in change.fingerprints_under(known, before=before, after=after):
                return change
    return None


def _near(waiver: ChangeWaiver, changes: Sequence[Change]) -> list[Change]:
    """The changes at the waiver's place, or of its operations; where it has neither, the errors."""
    if waiver.place:
        return [
            change
            for change in changes
            if any(place and f"{waiver.place}/".startswith(f"{place}/") for place in (change.place, change.old_place))
            or any(f"{place}/".startswith(f"{waiver.place}/") for place in (change.place, change.old_place))
        ]
    if waiver.operations:
        return [change for change in changes if change.operations and set(change.operations) <= set(waiver.operations)]
    return [change for change in changes if change.severity is Severity.ERROR] if waiver.change else []
