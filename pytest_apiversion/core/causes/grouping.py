"""Grouping: from the findings of a run to their causes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pytest_apiversion.core.causes.cause import Cause, Held
from pytest_apiversion.core.causes.consequences import follows
from pytest_apiversion.core.causes.phrases import sentence, with_words
from pytest_apiversion.core.causes.strange_things import follows_together
from pytest_apiversion.core.causes.strength import order, strength
from pytest_apiversion.core.causes.templates import (
    ENVELOPE,
    TEXT,
    VERSION,
    alike,
    envelopes,
    going_on,
    reason,
    same_member,
    template,
    with_one_word_apart,
    word_in,
)
from pytest_apiversion.core.finding import Finding, Severity

_MANY = 4
"""So many sentences of one check that differ in one word are one cause."""

_REASONS = 3
"""Reasons of one operation's refusals that are a cause each."""

_SAME = 0.9
"""Of the answers that two causes show on together: from this part on they are the same answers."""

_THEMES = "263457"
"""Hundreds of codes, what explains the others first: who answers, whether it does, what, how it is refused, what it says of itself."""

_FAILURE = "AV402"
"""A server that fails explains all else that is wrong with its answer."""

_DISGUISED, _SUCCESS = "AV406", "2"
"""So does one that gives errors as successes; how the statuses of these begin."""


@dataclass(kw_only=True)
class _Group:
    """Findings of one check on their way to a cause; the template of their sentence, where it is not that of the strongest."""

    findings: list[Finding]
    text: str = ""

    @property
    def probes(self) -> set[tuple[str, str]]:
        """What was written where a version belongs, and in which carrier."""
        return {
            (setting.carrier, each.probe)
            for each in self.findings
            for setting in each.settings
            if each.probe is not None
        }


def causes(findings: Iterable[Finding], held: Iterable[Held] = ()) -> tuple[Cause, ...]:
    """The causes behind findings, in the order of a report; each finding is in exactly one, those in `also` included.

    Args:
        findings: Of one policy file, in any order.
        held: Where and how checks saw their promises held, in any order.
    """
    by_check: dict[tuple[str, Severity], list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=order):
        by_check[finding.code, finding.severity].append(finding)
    seen: dict[str, list[Held]] = defaultdict(list)
    for each in held:
        seen[each.code].append(each)
    made = [
        _cause(group, seen[code]) for (code, _), mine in by_check.items() for group in _joined(list(_by_sentence(mine)))
    ]
    return tuple(_folded(sorted(made, key=_rank)))


def _by_sentence(findings: Sequence[Finding]) -> Iterator[_Group]:
    """Findings whose sentences differ in what may vary, and those whose sentences differ in one word where there are many of them."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[alike(template(finding))].append(finding)
    groups = _with_one_version_named(_by_envelope(groups))
    for plain, texts in _in_several_ways(groups):
        yield _together(groups, texts, template(groups[plain][0]))
    for common, texts in with_one_word_apart(groups, _MANY):
        yield _together(groups, texts, with_words(common, [word_in(text, common) for text in texts]))
    for text, texts in same_member(list(groups)):
        yield _together(groups, texts, text)
    for longest, texts in going_on(list(groups)):
        yield _together(groups, texts, template(groups[longest][0]))
    yield from (_Group(findings=part) for mine in groups.values() for part in _by_reason(mine))


def _by_reason(findings: list[Finding]) -> list[list[Finding]]:
    """Findings apart by the reason that a refusal gives, where one operation gives several: the strongest few, and all others together."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    apart: dict[str, list[Finding]] = defaultdict(list)
    for each in findings:
        told[each.version, each.operation].add(reason(each))
        apart[reason(each)].append(each)
    if all(len(reasons) == 1 for reasons in told.values()):
        return [findings]
    first, others = [*apart.values()][:_REASONS], [*apart.values()][_REASONS:]
    return [*first, *([sorted((each for mine in others for each in mine), key=order)] if others else [])]


def _in_several_ways(groups: dict[str, list[Finding]]) -> list[tuple[str, list[str]]]:
    """What is said of requests, and of those that were asked in a way that stands in brackets: the plain text, and which they are."""
    texts = [(text.replace(f" ({TEXT})", ""), text) for text in groups if f" ({TEXT})" in text]
    return [(plain, [plain, text]) for plain, text in texts if plain in groups]


def _together(groups: dict[str, list[Finding]], texts: Iterable[str], text: str) -> _Group:
    """The groups of these texts as one, taken out of the others."""
    findings = [finding for each in texts for finding in groups.pop(each)]
    return _Group(findings=sorted(findings, key=order), text=text)


def _by_envelope(groups: dict[str, list[Finding]]) -> dict[str, list[Finding]]:
    """The groups, what is said of other envelopes apart, unless it is of statuses that lack one already: a router that wears none has one fault."""
    found: dict[str, list[Finding]] = {}
    for text, findings in groups.items():
        worn: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
        for finding in findings:
            worn[envelopes(finding)].append(finding)
        apart: dict[tuple[str, ...], list[Finding]] = {}
        for names, mine in sorted(worn.items(), key=lambda each: (-len(_statuses(each[1])), each[0])):
            host = next((each for each, others in apart.items() if _statuses(mine) <= _statuses(others)), names)
            apart.setdefault(host, []).extend(mine)
        for names, mine in apart.items():
            found[text.replace(ENVELOPE, " or ".join(names))] = sorted(mine, key=order)
    return found


def _statuses(findings: Iterable[Finding]) -> set[str]:
    return {setting.status for each in findings for setting in each.settings}


def _with_one_version_named(groups: dict[str, list[Finding]]) -> dict[str, list[Finding]]:
    """The groups, those that differ in whether the version they name is their own or another's as one."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for text, findings in groups.items():
        versions = {each.version for each in findings}
        plain = text.replace(VERSION, min(versions)) if len(versions) == 1 else text
        found[plain if plain in groups else text] += findings
    return {text: sorted(findings, key=order) for text, findings in found.items()}


def _joined(groups: list[_Group]) -> list[_Group]:
    """Groups without those whose texts were taken more plainly in a stronger one, which they join."""
    found: list[_Group] = []
    for group in sorted(groups, key=lambda each: order(each.findings[0])):
        probes = group.probes
        host = next((each for each in found if probes and probes <= each.probes), None)
        if host is None:
            found.append(group)
        else:
            host.findings = sorted([*host.findings, *group.findings], key=order)
    return found


def _cause(group: _Group, held: Sequence[Held]) -> Cause:
    findings = tuple(group.findings)
    settings = tuple(sorted({setting for each in findings for setting in each.settings}))
    text = group.text or template(findings[0])
    versions = {each.version for each in findings}
    elsewhere = {setting for each in held if each.version in versions for setting in each.settings}
    return Cause(
        line=sentence(text, findings, settings, elsewhere),
        findings=findings,
        settings=settings,
        operations=tuple(_operations(findings, held)),
    )


def _operations(findings: Sequence[Finding], held: Sequence[Held]) -> Iterator[tuple[str, int, int]]:
    """How many operations show it, of how many that could have, by version."""
    broken: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.operation:
            broken[finding.version].add(finding.operation)
    for version, operations in sorted(broken.items()):
        fine = {each.item for each in held if each.version == version and _is_operation(each.item)}
        yield version, len(operations), len(operations | fine)


def _is_operation(item: str) -> bool:
    method, _, path = item.partition(" ")
    return method.isupper() and path.startswith("/")


def _rank(cause: Cause) -> tuple[object, ...]:
    """What puts causes in order: what explains others, and what weighs more, first."""
    return (cause.severity is not Severity.ERROR, *_theme(cause), strength(cause.example), -cause.count, cause.line)


def _theme(cause: Cause) -> tuple[int, str]:
    if _took_its_place(cause):
        return (-1, cause.code)
    theme = cause.code.removeprefix("AV")[:1]
    return (_THEMES.find(theme) if theme and theme in _THEMES else len(_THEMES), cause.code)


def _folded(made: Sequence[Cause]) -> Iterator[Cause]:
    """Causes with those folded under them that they explain: what shows on the same answers, and what follows from them."""
    tops: list[tuple[Cause, list[Cause]]] = []
    for cause in made:
        host = next((also for top, also in tops if _explains(top, cause)), None)
        if host is None:
            tops.append((cause, []))
        else:
            host.append(cause)
    before = 0
    while before != len(tops):  # what was folded may explain more
        before = len(tops)
        for cause, also in list(tops):
            host = next((others for top, others in tops if top is not cause and _leads(top, others, cause)), None)
            if host is not None:
                tops.remove((cause, also))
                host += [cause, *also]
    yield from (replace(top, also=tuple(also)) for top, also in tops)


def _leads(top: Cause, others: Sequence[Cause], cause: Cause) -> bool:
    """Whether a cause follows from another one, or from what that explains."""
    tops = (top, *others)
    return any(follows(each, cause) for each in tops) or follows_together(tops, cause)


def _explains(top: Cause, other: Cause) -> bool:
    """Whether one cause explains another of less weight: all answers of the other are its own, and it has hardly more, or took their place."""
    mine, others = top.answers, other.answers
    if not mine or not others or (top.severity is not Severity.ERROR and other.severity is Severity.ERROR):
        return False
    shared = len(mine & others)
    if shared < _SAME * len(others):
        return False
    return shared >= _SAME * len(mine) or _took_its_place(top) or top.code[2:3] in "26"


def _took_its_place(cause: Cause) -> bool:
    """Whether the answer that was due is not there at all: the server failed, or an error came as a success."""
    disguised = cause.code == _DISGUISED and all(each.status.startswith(_SUCCESS) for each in cause.settings)
    return cause.code == _FAILURE or (disguised and bool(cause.settings))
