"""Templates: the sentence of a finding with slots for what may vary from answer to answer, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pytest_apiversion.core.finding import quoted_probe

if TYPE_CHECKING:
    from pytest_apiversion.core.finding import Finding

STATUS, METHOD, CARRIER, ASKED, TEXT, OPERATION, VERSION, WORD, ENVELOPE, WRITE, REASON = (
    f"\x00{name}\x00"
    for name in (
        *(
            "status",
            "method",
            "carrier",
            "asked",
            "text",
            "operation",
            "version",
            "word",
            "envelope",
            "write",
            "reason",
        ),
    )
)
"""Slots; no summary holds a NUL."""

SLOT = re.compile("\x00[a-z]+\x00")

_SHORTEST = 2
"""Characters of a version or a text that is looked for in a sentence; what is shorter stands in it by chance."""

_VERBS = re.compile(f"(?:is accepted|(?:gets|answers) {STATUS})")
_QUOTED = re.compile(r": '[^']*'")
_DATE = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|\b[0-9]{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4}\b"
)
"""Days and weekdays, as HTTP writes them (RFC 9110 §5.6.7)."""
_ROUTED, _ANSWERS = " is routed in ", " answers in "
_GETS = f"gets {STATUS}"
_SEQUENCES = frozenset({"AV318", "AV319", "AV320"})
"""Checks whose sentences name the write that went before."""
_WRITE = re.compile(r"(?<!\S)[A-Z]+ /\S*")
_WORN = re.compile(r"(?<=does not wear the envelope )\S.*")
"""The envelopes that an error should wear, any of which would do: often they have the names of versions."""
_REASON = re.compile(r" \(refused as ([^()]*)\)$")
"""What a refusal says is wrong with a request."""


def template(finding: Finding) -> str:
    """The summary with slots in the places of what the request, its answer and its version put there."""
    text = _REASON.sub(REASON, _WORN.sub(ENVELOPE, finding.summary))
    if finding.code in _SEQUENCES:
        text = _WRITE.sub(WRITE, text)
    for slot, value, pattern in _values(finding):
        text = re.sub(pattern.format(re.escape(value)), slot, text)
    return text


def envelopes(finding: Finding) -> tuple[str, ...]:
    """The envelopes that a finding says an error should wear, as it quotes them; none where it is about something else."""
    found = _WORN.search(finding.summary)
    return tuple(found[0].split(" or ")) if found else ()


def reason(finding: Finding) -> str:
    """What a finding says that a refusal gives as its reason, in brackets; empty where it says nothing of one."""
    found = _REASON.search(finding.summary)
    return found[0] if found else ""


def writes(finding: Finding) -> list[str]:
    """The write that a finding says went before; none where it is about something else."""
    return _WRITE.findall(finding.summary) if finding.code in _SEQUENCES else []


def alike(text: str) -> str:
    """A template as it counts when findings are put together: a request that is accepted, and one that gets a status, are alike.

    So are an operation that answers and one that is routed, and what is said of several values that are quoted behind a colon, and of several days.
    """
    return _DATE.sub("…", _QUOTED.sub(": '…'", _VERBS.sub(_GETS, text.replace(_ROUTED, _ANSWERS))))


def _values(finding: Finding) -> Iterator[tuple[str, str, str]]:
    """Slots, what stands in them, and how that is found in the summary; what may hold another comes before it."""
    word = r"(?<![\w/.-]){}(?![\w/-]|\.\w)"
    if finding.operation:
        yield from _named(finding.operation, finding.probe or "", word)
    if finding.probe is not None:
        words = (repr(finding.probe), quoted_probe(finding.probe))
        yield from ((TEXT, each, "{}") for each in words)
        if len(finding.probe) >= _SHORTEST and not any(each in finding.summary for each in words):
            yield TEXT, finding.probe, word
    for setting in finding.settings:
        if setting.asked:
            yield ASKED, setting.asked, "{}"
        if setting.carrier:
            yield CARRIER, setting.carrier, r"(?<=in the )\b{}\b|(?<=\(){}(?=\))".replace("{}", "{0}")
        if setting.method:
            yield METHOD, setting.method, word
        if setting.status:
            yield STATUS, setting.status, word
    if len(finding.version) >= _SHORTEST:
        yield VERSION, finding.version, word


def _named(operation: str, probe: str, word: str) -> Iterator[tuple[str, str, str]]:
    """The operation, and before it what was asked for, where that is an operation of its name elsewhere."""
    if operation in probe:
        yield TEXT, probe, word
    yield OPERATION, operation, "{}"


def with_one_word_apart(texts: Iterable[str], at_least: int) -> list[tuple[str, list[str]]]:
    """Texts that differ from each other in one and the same word, where there are many: what they have in common, and which they are.

    Args:
        texts: The texts.
        at_least: How many make many.

    Returns:
        The largest families first; a text is in one of them at most.
    """
    families: dict[tuple[int, str], list[str]] = {}
    for text in sorted(set(texts)):
        words = text.split(" ")
        for index, word in enumerate(words):
            if not SLOT.search(word):
                key = " ".join([*words[:index], WORD, *words[index + 1 :]])
                families.setdefault((-len(words), key), []).append(text)
    found, taken = [], set[str]()
    for (_, common), members in sorted(families.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        free = [text for text in members if text not in taken]
        if len(free) >= at_least:
            found.append((common, free))
            taken.update(free)
    return found


_AT = re.compile(r"(.* at |)(/\S*|its root)( \(([^()]*)\)| is .*| leads to .*)")


def same_member(texts: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Texts about one member at several places of bodies, `/data/*/owner` and `/owner`: as one text, and which they are."""
    families: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for text in sorted(texts):
        if (found := _AT.fullmatch(text)) is not None:
            before, place, after, why = found.groups()
            member = (why or "").partition(": ")[2] or place.rpartition("/")[2]
            if member not in {"", "*", "its root"}:
                families.setdefault((before, member, after), []).append((place, text))
    return [
        (f"{before}{' or '.join(sorted((place for place, _ in family), key=len))}{after}", [text for _, text in family])
        for (before, _, after), family in families.items()
        if len(family) > 1
    ]


def going_on(texts: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Texts that say what another one says, `and` more, of which method, or of more than one operation: as the longest of them, and which they are."""
    found: list[tuple[str, list[str]]] = []
    taken = set[str]()
    for text in sorted(texts, key=lambda each: (len(each), each)):
        beginnings = (f"{text} and ", f"{text} to {METHOD}", f"{text} of different ")
        longer = [each for each in texts if each.startswith(beginnings) and each not in taken]
        if longer and text not in taken:
            taken |= {text, *longer}
            found.append((max(longer, key=len), [text, *longer]))
    return found


def word_in(text: str, common: str) -> str:
    """The word of a text that stands in the slot of what it has in common with others."""
    return next((word for word, slot in zip(text.split(" "), common.split(" "), strict=True) if slot == WORD), "")
