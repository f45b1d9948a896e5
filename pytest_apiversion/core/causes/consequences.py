"""Consequences: causes that follow from another one, though they show on other answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.finding import Severity

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause
    from pytest_apiversion.core.finding import Finding

_UNREAD = "AV200"
"""A version that does not answer through a carrier."""

_EARLY = "AV604"
"""A version that ends early."""

_ENDS = frozenset({"AV601", _EARLY})
"""Versions that end late, or early."""

_FIRST = "AV607"
"""Ends that come after another fault of the request."""

_THERE = frozenset({"AV301", "AV407"})
"""What is wrong with a version's answers where the version is not there."""

_WRITTEN, _REFUSED = "AV318", "AV302"
"""What was written cannot be read; no request succeeds, such as those about what was written."""

_BODIES, _ALIASES = frozenset({"AV301", "AV313"}), "AV309"
"""Bodies that are not as their contract says, defaults included; aliases that answer otherwise than their version does."""

_METHODS, _CODES = "AV407", "AV403"
"""Methods that a path has not; faults that are not told as in the version before."""

_TOLD = frozenset({"AV404", "AV405"})
"""Codes that come with a status of another, and codes that nobody listed."""

_LISTED = frozenset({"AV218", "AV222"})
"""Lists of the versions that serve."""

_BELOW = frozenset({"AV203", "AV204", "AV211"})
"""What stands below the prefix of an alias that redirects all of it."""

_CHOOSING = frozenset({"AV203", "AV204", "AV205", "AV206", "AV209", "AV215", "AV218"})
"""What a service shows only where it looks at the carrier at all."""


def follows(top: Cause, other: Cause) -> bool:
    """Whether a cause follows from another: one that is no longer there when the other is mended.

    A carrier that is not read on some operations refuses nothing there; a version that outlives its end is listed, and one that ends early
    is not, and gets there what gets who asks for it in any other way; what cannot be found after it was written is changed by nobody;
    a member that is wrong in one of a version and its alias is not as in the other; what a version answers instead of its end to flawless
    requests, it answers to those with a fault, too; a code or a status that is wrong in one version is not that of the next.
    """
    if top is other or top.severity is not Severity.ERROR:
        return False
    if top.code == _UNREAD:
        return other.code in _CHOOSING and _places(other) <= _places(top) and _through(other) <= _through(top)
    if other.code == _CODES:
        return _makes_faults_unlike(top, other)
    if top.code in _BODIES and other.code == _ALIASES:
        return all(_names(top.line, _member(each.summary)) for each in other.findings)
    if top.code == _WRITTEN:
        return other.code == _REFUSED and _statuses(other) == {"404"} and _paths(other) <= _paths(top)
    return top.code in _ENDS and _follows_an_end(top, other)


def _follows_an_end(top: Cause, other: Cause) -> bool:
    versions = {each.version for each in top.findings}
    statuses = _statuses(top)
    if other.code in _LISTED:
        return all(any(_names(each.summary, version) for version in versions) for each in other.findings)
    if not _statuses(other) <= statuses:
        return False
    if other.code == _FIRST:
        return top.code != _EARLY and {each.version for each in other.findings} <= versions
    if top.code == _EARLY:
        return other.code in _THERE and {each.version for each in other.findings} <= versions
    return other.code in _BELOW and all(status.startswith("3") for status in statuses)


def _makes_faults_unlike(top: Cause, other: Cause) -> bool:
    if top.code == _METHODS:
        return "method" in other.line and _paths(other) <= _paths(top)
    return top.code in _TOLD and all(any(_is_side(mine, each) for mine in top.findings) for each in other.findings)


def _is_side(mine: Finding, compared: Finding) -> bool:
    """Whether one of two versions that tell a fault otherwise tells it as a finding says."""
    there, _, version = compared.expected.partition(", as in ")
    sides = ((compared.version, compared.received), (version, there))
    return mine.operation == compared.operation and any(
        mine.version == side and _names(mine.summary, said) for side, said in sides
    )


def _statuses(cause: Cause) -> set[str]:
    return {each.status for each in cause.settings}


def _paths(cause: Cause) -> set[tuple[str, str]]:
    return {(each.version, each.operation.partition(" ")[2]) for each in cause.findings}


def _places(cause: Cause) -> set[tuple[str, str]]:
    return {(each.version, each.operation) for each in cause.findings}


def _through(cause: Cause) -> set[str]:
    """The carriers that requests went through; of two that disagreed it may be the weaker one that is not read."""
    return {each.carrier for each in cause.settings} if cause.code not in {"AV205", "AV206", "AV209"} else set()


def _member(summary: str) -> str:
    """The last name of the pointer that a summary begins with; what no summary names, where it begins with something else."""
    return summary.partition(" ")[0].rpartition("/")[2] if summary.startswith("/") else "\x00"


def _names(text: str, version: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(version)}(?![\w-]|\.\w)", text) is not None
