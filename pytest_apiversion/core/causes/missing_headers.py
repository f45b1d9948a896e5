"""Headers that are missing together: on the same kinds of answers, because who gives those adds none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.causes.facets import statuses_of

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause

SAID = frozenset({"AV210", "AV501", "AV505", "AV701", "AV704"})
"""What answers say in headers beside what they are for, and many frameworks add behind the handlers."""

_MISSING, _ERROR, _STATUSES = "missing", "400", 3
"""How a header that is not there is told; the first status of errors, and how many of them are more than a case of their own."""


def of_errors(top: Cause, other: Cause) -> bool:
    """Whether headers are missing on errors of many kinds, and on nothing else, in both."""
    later = other.code in SAID and (top.code, top.line) < (other.code, other.line)
    return later and _only_on_errors(top) and _only_on_errors(other)


def of_one_kind(top: Cause, other: Cause) -> bool:
    """Whether headers are missing on answers of one kind, which the one promises of one version and the other of more: who gives them adds none."""
    later = other.code in SAID and (top.code, top.line) < (other.code, other.line)
    missing = _MISSING in top.line and _MISSING in other.line
    kinds, others = ({(each.status, each.method, each.carrier) for each in one.settings} for one in (top, other))
    return later and missing and len(kinds) == 1 and kinds == others and top.answers <= other.answers


def _only_on_errors(cause: Cause) -> bool:
    statuses = statuses_of(cause)
    return _MISSING in cause.line and min(statuses, default="") >= _ERROR and len(statuses) >= _STATUSES
