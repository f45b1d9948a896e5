"""Choices: causes that follow from how a service chooses the version, or from what answers before it does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.causes.facets import (
    carriers_of,
    methods_of,
    operations_of,
    places_of,
    statuses_of,
    versions_of,
)

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause

_UNDECLARED = "AV208"
"""Versions that nobody declared and that answer."""

_BEHIND = ("starts with a declared version", "starts with a version that answers")
"""What texts have in common that begin with a version."""
_WITHIN = ("has a declared version in it", "has a version that answers in it")
"""What texts have in common that hold a version anywhere."""
_TWICE = "AV209"
"""Carriers that are given twice: HTTP joins what they say, with a comma between."""

_SYNTAX = "AV215"
"""Forms of a carrier that are not read."""

_ALIKE = re.compile(r"; *x([\w.-]+)=[^;]*; *\1=")
"""A parameter whose name ends like the one that names the version, before that."""

_KEPT = "as from a cache"
"""What is said of an answer that is given again where the version is named in another way."""

_BY_CACHES = frozenset({"AV301", "AV311", "AV312", "AV314"})
"""What shows where another version's answer is given, or one without what was added behind the cache, beside selection and headers."""

_READS = frozenset({"GET", "HEAD"})
"""Methods whose answers caches keep."""

_BODIES, _LACKS = "AV301", "(required: "
"""Bodies that do not conform, and what is said of those without what their version requires."""

_TAKEN, _TOLD = "a malformed version is accepted", ", as an unknown one does"
"""What is read as a version though it is none, and what of it gets the answer of a version that nobody declared."""

_NOBODYS, _UNKNOWN = "AV203", "an unknown version is accepted"
_ANSWERS = "though no such version is declared"
"""What is said of versions beside a declared one that answer."""

_FALLS = "AV206"
"""Wrong texts beside a right one in a weaker carrier that are not refused."""

_TEXTS, _ZEROS = "AV204", "with zeros before its number"
"""Texts that are no versions and are taken; what is said of those that only write a number otherwise."""

_CHOOSING = frozenset({"AV203", "AV204", "AV205", "AV206", "AV209", "AV215", "AV218"})
"""What a service shows only where it looks at the carrier at all."""
_REFUSING = _CHOOSING | {"AV201", "AV202", "AV207"}
"""And what it shows of requests that name none."""

_OF_ANOTHER = frozenset({"AV401", "AV501", "AV502", "AV701"})
"""What shows where another version answers in the place of one."""
_UNREAD = "does not answer through the "
"""What is said of a carrier that is not read."""

_STRAY = re.compile(r".*, (\?[^=]*=|[^:,]*: (?:.*=)?)[^=:]*")
"""What stands before a version where nobody declared one: `?version=`, `X-API-Version: `."""
_COUNTS = (" answers for ", " is rescued by ")
"""What is said of a version that counts though another is declared to, and of one that does where that is unknown."""

_OTHERS = re.compile(r"asked for .*, \S+ says (?!nothing)")
"""What is said of an answer that names another version than the one that was asked for."""

_ORDERED = "AV205"
"""Carriers that come before others."""

_WEAKER_WINS = "a weaker carrier wins over "
_SAYS_OTHER, _BY_NAME = " says ", frozenset({"AV205", "AV215"})
"""How it is told that answers name another version, and what goes by the version that they name."""

_ANSWERED, _TURNED_AWAY = " is answered by ", " is refused"
"""What is said of a default that is another version, and of one that answers nobody."""

_BESIDE, _NOWHERE_ELSE = "AV219", "no version where one belongs"
"""Versions named where nobody declared one, and how it is told that they stand nowhere else."""


def of_an_unread_carrier(top: Cause, other: Cause) -> bool:
    """Whether a carrier is not read on some operations, and the other shows there that nothing is refused in it, or that another version answers.

    A carrier that a version does not read on any operation is read by no other.
    """
    if not _through(other) <= _through(top):
        return False
    if other.code in _CHOOSING and places_of(other) <= places_of(top):
        return True
    if other.code in _OF_ANOTHER:
        return bool(carriers_of(other)) and places_of(other) <= places_of(top)
    unread = _UNREAD in top.line and bool(top.operations) and all(shown == of for _, shown, of in top.operations)
    return unread and other.code == _NOBODYS and other.line.startswith(_UNKNOWN)


def _of_texts_behind_a_version(top: Cause, other: Cause) -> bool:
    looked_for = _is_behind(top) or any(words in top.line for words in _WITHIN)
    beside = other.code == _UNDECLARED and _through(other) <= _through(top)
    joined = other.code == _TWICE and top.line.startswith(_TAKEN) and carriers_of(other) <= carriers_of(top)
    return looked_for and _is_behind(other) and (beside or joined)


def _is_behind(cause: Cause) -> bool:
    return any(words in cause.line for words in _BEHIND)


def of_replays(top: Cause, other: Cause) -> bool:
    """Whether answers are given again where the version is named in another way, and the other shows on no other answers than such may be."""
    chosen = other.code[2:3] in "257" or other.code in _BY_CACHES
    named = carriers_of(other) <= {"", *carriers_of(top)}
    read = methods_of(other) <= _READS
    again = _KEPT in top.line and (_KEPT not in other.line or (top.code, top.line) < (other.code, other.line))
    return again and chosen and named and read


def of_other_versions(top: Cause, other: Cause) -> bool:
    """Whether other versions answer what is read, by their own word, and the other shows on the same readings that nobody looks at how it is named."""
    otherwise = all(_OTHERS.match(each.summary) for each in top.findings)
    read = methods_of(top) | methods_of(other) <= _READS
    return (
        otherwise
        and read
        and other.code in _REFUSING
        and operations_of(other) <= operations_of(top)
        and carriers_of(other) <= {"", *carriers_of(top)}
    )


def of_readings(top: Cause, other: Cause) -> bool:
    """Whether readings succeed without a version that is declared, and the other shows that the key of a cache has none, either.

    Who names no version reads what is read by who names one that nobody declared, and some versions lack there what they require.
    """
    if not (_is_read(top) and _is_read(other)):
        return False
    if top.code != _NOBODYS:
        return other.code == _NOBODYS  # of several operations each may be asked in one way only
    lacking = other.code == _BODIES and all(_LACKS in each.summary for each in other.findings)
    return lacking and operations_of(other) <= operations_of(top) and versions_of(other) < versions_of(top)


def _is_read(cause: Cause) -> bool:
    return methods_of(cause) <= _READS and all(status.startswith("2") for status in statuses_of(cause))


def _of_what_is_taken(top: Cause, other: Cause) -> bool:
    lenient = top.line.startswith(_TAKEN) and other.line.endswith(_TOLD)
    return other.code == top.code and lenient and _through(other) <= _through(top)


def of_undeclared_places(top: Cause, other: Cause) -> bool:
    """Whether a version counts where nobody declared one, and the other shows no more than that it counts there beside other texts, or alone."""
    mine, others = _undeclared(top), _undeclared(other)
    return other.code == top.code and bool(others) and others <= mine and _counting(top) < _counting(other)


def _undeclared(cause: Cause) -> set[str]:
    """Where nobody declared a version, and one was written, by what stands before its text."""
    found = (_STRAY.fullmatch(each.probe or "") for each in cause.findings)
    return {each[1] for each in found if each is not None}


def _counting(cause: Cause) -> tuple[int, str]:
    """What beats the declared version before what takes the place of an unknown one, and that before what is named alone."""
    weights = [weight for weight, words in enumerate(_COUNTS) if words in cause.line]
    return min(weights, default=len(_COUNTS)), cause.line


def of_texts(top: Cause, other: Cause) -> bool:
    """Whether texts are taken for versions that are none, and the other shows more of them, or what they get."""
    rules = (_of_texts_behind_a_version, _of_what_is_taken, _of_a_search, _of_texts_beside_another)
    return any(rule(top, other) for rule in rules)


def _of_texts_beside_another(top: Cause, other: Cause) -> bool:
    """Whether what is taken where it stands alone is taken beside a weaker carrier too."""
    same = all(any(text in top.line for text in setting.texts) for setting in other.settings)
    return other.code == _FALLS and top.line.startswith(_TAKEN) and same and carriers_of(other) <= carriers_of(top)


def _of_a_search(top: Cause, other: Cause) -> bool:
    """Whether a carrier is searched for what looks like a version, and so is a parameter whose name only ends alike."""
    searched = other.code == _SYNTAX and top.line.startswith(_TAKEN) and _is_behind(top)
    return (
        searched
        and all(_ALIKE.search(each.probe or "") for each in other.findings)
        and _through(other) <= _through(top)
    )


def of_any_version(top: Cause, other: Cause) -> bool:
    """Whether versions answer that nobody declared, and so do others of which nobody looks what they are."""
    return _of_neighbours(top, other) or of_readings(top, other)


def _of_neighbours(top: Cause, other: Cause) -> bool:
    """Whether versions answer that nobody declared, and so do those beside a declared one, one with zeros before its number, or beside a weaker carrier."""
    near = other.code == _UNDECLARED and _ANSWERS in other.line
    unknown = top.line.startswith(_UNKNOWN) and carriers_of(other) <= carriers_of(top)
    return unknown and (near or other.code == _FALLS or _writes_zeros(other))


def _writes_zeros(cause: Cause) -> bool:
    return cause.code == _TEXTS and all(
        any(text.endswith(_ZEROS) for text in setting.texts) for setting in cause.settings
    )


def _through(cause: Cause) -> set[str]:
    """The carriers that requests went through; of two that disagreed it may be the weaker one that is not read."""
    return carriers_of(cause) if cause.code not in {"AV205", "AV206", "AV209"} else set()


def of_weaker_carriers(top: Cause, other: Cause) -> bool:
    """Whether a carrier wins that should not, over one and over another: somebody asks them in the wrong order."""
    return (
        other.code == top.code
        and _WEAKER_WINS in top.line
        and _WEAKER_WINS in other.line
        and versions_of(other) <= versions_of(top)
    )


def is_misnamed(top: Cause, other: Cause) -> bool:
    """Whether answers through some carriers say that another version gave them, by which it is told who answers there."""
    asked = {each.expected.partition(" ")[0] if each.code == _ORDERED else each.version for each in other.findings}
    said = _SAYS_OTHER in top.line and asked <= versions_of(top)
    return other.code in _BY_NAME and said and carriers_of(other) <= carriers_of(top)


def of_defaults(top: Cause, other: Cause) -> bool:
    """Whether the version that answers who names none does so beside what names it where nobody declared one, too, or refuses who comes with another's key."""
    if other.code == top.code:
        return _ANSWERED in top.line and _TURNED_AWAY in other.line and versions_of(other) <= versions_of(top)
    answers = {each.summary.rpartition(" is answered by ")[2] for each in top.findings}
    alone = all(_NOWHERE_ELSE in each.summary and each.summary.partition(" ")[0] in answers for each in other.findings)
    return other.code == _BESIDE and alone
