"""Consequences: causes that follow from another one, though they show on other answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pytest_apiversion.core.causes.choices import (
    is_misnamed,
    of_an_unread_carrier,
    of_any_version,
    of_defaults,
    of_other_versions,
    of_readings,
    of_replays,
    of_texts,
    of_undeclared_places,
    of_weaker_carriers,
)
from pytest_apiversion.core.causes.facets import (
    operations_of,
    paths_of,
    places_of,
    statuses_of,
    versions_of,
)
from pytest_apiversion.core.causes.missing_headers import SAID, of_errors, of_one_kind
from pytest_apiversion.core.causes.strange_things import AT, is_mirrored
from pytest_apiversion.core.finding import Severity

if TYPE_CHECKING:
    from pytest_apiversion.core.causes.cause import Cause
    from pytest_apiversion.core.finding import Finding

_EARLY = "AV604"
"""A version that ends early."""

_FIRST = "AV607"
"""Ends that come after another fault of the request."""

_THERE = frozenset({"AV301", "AV407"})
"""What is wrong with a version's answers where the version is not there."""

_REFUSED = "AV302"
"""No request succeeds, such as those about what was written."""

_ALIASES = "AV309"
"""Aliases that answer otherwise than their version does."""

_CODES = "AV403"
"""Faults that are not told as in the version before."""

_KEYS, _BARE = "AV316", "no credential"
"""Operations that open to who has not the right credential, and to who has none at all."""

_WRONG = ("with a wrong ", "with an empty ", " and more behind it", "with the beginning of ")
"""How it is told that a credential is not compared as a whole."""

_READERS, _OPENED = "AV321", "is accepted"
"""Operations that a credential opens which may only read."""

_LINKS, _ASTRAY = "AV505", "leads to another operation"
"""Links to what comes after a version; those that lead elsewhere than they should, where there may be nothing."""

_LEADS = " leads to "
"""What stands between the place of a link and where it leads."""

_SHOWS, _SURVIVES = " is not what ", " does not survive "
"""What is said of a member that another version shows otherwise, and of one that is lost when it writes it back."""

_THINGS = frozenset({"", "*", "data", "item", "result"})
"""Where a whole thing stands: what is wrong with two of its members has two causes."""
_MOST = 0.75
"""Of the answers that show a member: from this part on they show another member of its object, too; some tell only the first that is wrong."""

_ELSEWHERE = "AV320"
"""What one version wrote and another shows."""

_DISGUISED = "AV406"
"""Errors that come as successes."""
_MISTAKEN = frozenset({"AV301", "AV311", "AV316"})
"""What is taken for a success there: a body that is not as it should be, and a refusal that is none."""

_LISTED = frozenset({"AV218", "AV222"})
"""Lists of the versions that serve."""

_BELOW = frozenset({"AV203", "AV204", "AV211"})
"""What stands below the prefix of an alias that redirects all of it."""


def follows(top: Cause, other: Cause) -> bool:
    """Whether a cause follows from another: one that is no longer there when the other is mended.

    A carrier that is not read on some operations refuses nothing there; a version that outlives its end is listed, and one that ends early is
    not, and gets there what gets who asks for it in any other way; what cannot be found after it was written is changed by nobody; a member that
    is wrong in one of a version and its alias is not as in the other; what a version answers instead of its end to flawless requests, it answers
    to those with a fault, too; a code or a status that is wrong in one version is not that of the next; what opens to everybody opens to who has
    another key, and who takes a wrong key takes one that may only read; an error that comes as a success seems to open to everybody, and has not the body of one; a link that leads elsewhere may lead to nothing, and may stand in a header and in the body; where any text may follow a version,
    another digit may. Where other versions answer what is read, it is not looked at how the version is named there; where one answer is given
    however it is named, other versions answer, and what is added to the answers later is not there. What takes texts that only begin with a
    version takes a parameter whose name only ends alike; what takes versions that nobody declared takes those beside a declared one; and either
    takes them beside a weaker carrier too. What is read in one wrong way to name the version is read in another, and where a cache gives it,
    other versions lack there what they require. What adds one header to successes only adds others to those only, and what adds
    none to one kind of answer adds none of another; what is read as a version
    though it is none is refused as one that nobody declared; a version that answers by default answers so whatever stands elsewhere; a carrier that wins over one wins over another; where answers name another
    version, it is that which is seen to answer; members of one object are wrong together; what is lost of a write is lost in the
    next version, whatever that calls it, and a member that a version shows otherwise it shows so to whoever wrote it; what a version shows otherwise it shows so when it was written back; and where two versions show
    each other's bodies, each lacks what it requires, and has more that is not as its own.
    """
    rule = _RULES.get(top.code)
    return top is not other and top.severity is Severity.ERROR and rule is not None and rule(top, other)


def _of_open_operations(top: Cause, other: Cause) -> bool:
    bare = _BARE in top.line and _BARE not in other.line
    if other.code == _READERS and _OPENED in other.line:
        return places_of(other) <= places_of(top) if bare else _of_any_key(top, other)
    return other.code == _KEYS and bare and places_of(other) <= places_of(top)


def _of_any_key(top: Cause, other: Cause) -> bool:
    """Whether a guard that takes wrong credentials takes those that may only read, too, in the same versions."""
    if not any(each in top.line for each in _WRONG):
        return False
    one_each = len(places_of(top)) == len(versions_of(top))  # it is tried of one reading of each version
    if one_each:
        return versions_of(other) <= versions_of(top)
    return len(places_of(other) & places_of(top)) >= _MOST * len(places_of(other))


def _of_links_astray(top: Cause, other: Cause) -> bool:
    astray = _ASTRAY in top.line and _ASTRAY not in other.line
    return other.code == _LINKS and astray and places_of(other) <= places_of(top)


def _again_in_a_body(top: Cause, other: Cause) -> bool:
    """Whether a body tells the links of a header in the same answers again, as bad as they are there."""
    (place, _, where), (again, _, there) = (each.line.partition(_LEADS) for each in (top, other))
    same = other.code == top.code and where == there and other.answers <= top.answers
    return same and "/" not in place and "/" in again


def _of_headers(top: Cause, other: Cause) -> bool:
    return any(rule(top, other) for rule in (of_errors, of_one_kind, of_replays, of_other_versions, is_misnamed))


def _of_answers(top: Cause, other: Cause) -> bool:
    return _of_bodies(top, other) or (
        other.code == top.code and (_of_one_object(top, other) or is_mirrored(top, other))
    )


def _of_one_object(top: Cause, other: Cause) -> bool:
    """Whether members of the same object are wrong, and the other's wherever its own are."""
    objects = _objects(other)
    shared = len(top.answers & other.answers)
    return bool(objects) and objects == _objects(top) and shared >= _MOST * len(other.answers)


def _objects(cause: Cause) -> set[str]:
    """The objects whose members a cause names, each by its own name; none where one of them is a whole thing."""
    names = {
        place.rpartition("/")[0].rpartition("/")[2] for each in cause.findings for place in AT.findall(each.summary)
    }
    return set() if names & _THINGS else names


def _of_bodies(top: Cause, other: Cause) -> bool:
    return other.code == _ALIASES and all(_names(top.line, _member(each.summary)) for each in other.findings)


def _of_disguises(top: Cause, other: Cause) -> bool:
    """Whether errors come as successes, and the other takes nothing but such for the answers that were due."""
    if other.code not in _MISTAKEN or not statuses_of(other) <= statuses_of(top):
        return False
    mine = {_members(each) for each in top.findings} - {frozenset()}
    members = [_members(each) for each in other.findings]
    return any(members) and all(not each or each in mine for each in members)


def _members(finding: Finding) -> frozenset[str]:
    """The names of the members of an answer's body; none where it has none, or is cut."""
    try:
        body = json.loads(finding.answer.partition("\n\n")[2])
    except ValueError:
        return frozenset()
    return frozenset(body if isinstance(body, dict) else ())


def _of_writes(top: Cause, other: Cause) -> bool:
    if other.code == _ELSEWHERE:
        return _shown_elsewhere(top, other)
    return _of_what_is_not_found(top, other) or (other.code == top.code and _named_otherwise(top, other))


def _of_what_is_shown(top: Cause, other: Cause) -> bool:
    """Whether a version shows otherwise what another wrote, and so it does after that wrote it back."""
    seen, again = top.line.partition(_SHOWS), other.line.partition(_SURVIVES)
    same = other.code == top.code and bool(seen[1] and again[1]) and seen[0] == again[0]
    return same and places_of(other) <= places_of(top)


def _shown_elsewhere(top: Cause, other: Cause) -> bool:
    """Whether a version shows a member otherwise to those who wrote it in another, and writes it back so, because it shows it otherwise anyway."""
    mine = {_plain(each.summary.partition(_SHOWS)[0]) for each in top.findings if _SHOWS in each.summary}
    versions = versions_of(top)
    for each in other.findings:
        (member, shown, _), (kept, back, write) = (each.summary.partition(words) for words in (_SHOWS, _SURVIVES))
        there = write.partition(" ")[0] if back else each.version
        if not (shown or back) or _plain(kept if back else member) not in mine or not {there, each.version} & versions:
            return False
    return True


def _plain(member: str) -> str:
    """The last name of a member in small letters: versions often write one name in two ways."""
    return member.rpartition(".")[2].replace("_", "").replace("-", "").lower()


def _named_otherwise(top: Cause, other: Cause) -> bool:
    """Whether the same is said of the same operations of two versions, but for one word: what each of them calls a member."""
    pairs = list(zip(top.line.split(" "), other.line.split(" "), strict=False))
    one_word = len(top.line.split(" ")) == len(other.line.split(" ")) and sum(a != b for a, b in pairs) == 1
    return one_word and versions_of(top).isdisjoint(versions_of(other)) and operations_of(top) == operations_of(other)


def _of_what_is_not_found(top: Cause, other: Cause) -> bool:
    return other.code == _REFUSED and statuses_of(other) == {"404"} and paths_of(other) <= paths_of(top)


def _follows_an_end(top: Cause, other: Cause) -> bool:
    versions, statuses = versions_of(top), statuses_of(top)
    if other.code in _LISTED:
        return all(any(_names(each.summary, version) for version in versions) for each in other.findings)
    if not statuses_of(other) <= statuses:
        return False
    if other.code == _FIRST:
        return top.code != _EARLY and versions_of(other) <= versions
    if top.code == _EARLY:
        return other.code in _THERE and versions_of(other) <= versions
    return other.code in _BELOW and all(status.startswith("3") for status in statuses)


def _of_methods(top: Cause, other: Cause) -> bool:
    return other.code == _CODES and "method" in other.line and paths_of(other) <= paths_of(top)


def _of_codes(top: Cause, other: Cause) -> bool:
    return other.code == _CODES and all(any(_is_side(mine, each) for mine in top.findings) for each in other.findings)


def _is_side(mine: Finding, compared: Finding) -> bool:
    """Whether one of two versions that tell a fault otherwise tells it as a finding says."""
    there, _, version = compared.expected.partition(", as in ")
    sides = ((compared.version, compared.received), (version, there))
    return mine.operation == compared.operation and any(
        mine.version == side and _names(mine.summary, said) for side, said in sides
    )


def _member(summary: str) -> str:
    """The last name of the pointer that a summary begins with; what no summary names, where it begins with something else."""
    return summary.partition(" ")[0].rpartition("/")[2] if summary.startswith("/") else "\x00"


def _names(text: str, version: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(version)}(?![\w-]|\.\w)", text) is not None


_RULES: Mapping[str, Callable[[Cause, Cause], bool]] = {
    **dict.fromkeys(sorted(SAID - {"AV505"}), _of_headers),
    "AV200": of_an_unread_carrier,
    "AV201": of_readings,
    "AV203": of_any_version,
    "AV204": of_texts,
    "AV301": _of_answers,
    "AV205": of_weaker_carriers,
    "AV207": of_defaults,
    "AV219": of_undeclared_places,
    "AV313": _of_bodies,
    "AV314": of_replays,
    _KEYS: _of_open_operations,
    "AV318": _of_writes,
    "AV320": _of_what_is_shown,
    "AV404": _of_codes,
    "AV405": _of_codes,
    _DISGUISED: _of_disguises,
    "AV407": _of_methods,
    _LINKS: _of_links_astray,
    "AV312": _again_in_a_body,
    "AV601": _follows_an_end,
    _EARLY: _follows_an_end,
}
"""What may follow from a cause, by its code."""
