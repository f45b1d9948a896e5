"""Phrases: what stands in the slots of a sentence that is said of many answers at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from pytest_apiversion.core.causes.templates import (
    ASKED,
    CARRIER,
    ENVELOPE,
    METHOD,
    OPERATION,
    REASON,
    SLOT,
    STATUS,
    TEXT,
    VERSION,
    WORD,
    WRITE,
    envelopes,
    reason,
    template,
    writes,
)
from pytest_apiversion.core.finding import quoted_probe

if TYPE_CHECKING:
    from pytest_apiversion.core.finding import Finding, Setting

_NAMED = 6
"""Statuses and versions that are named; of more, how many they are."""
_FEW = 3
"""Methods, words and texts that are named."""
_BUT = 2
"""Exceptions that are named."""
_MANY = 3
"""What has at least so many kinds may be called every one."""

_ERROR = "400"
"""The first status of errors."""

_PUNCTUATION = (",", ";", ":")
"""What may stand behind a word in a sentence and belongs to none of the words that are put together."""

_FACETS = ("status", "method", "carrier", "asked")


def sentence(text: str, findings: Sequence[Finding], settings: Sequence[Setting], held: Collection[Setting]) -> str:
    """A template with all slots filled.

    Args:
        text: The template of the strongest finding.
        findings: Those it is said of, the strongest first.
        settings: In what circumstances they were seen.
        held: In what circumstances the check saw its promise held.
    """
    seen, spared = ({facet: _of(which, facet) for facet in _FACETS} for which in (settings, held))
    elsewhere = any(  # held in others only, which the sentence tells
        slot in text and spared[facet] and not set(seen[facet]) & set(spared[facet])
        for facet, slot in (("method", METHOD), ("carrier", CARRIER))
    )
    text = _statuses(text, seen["status"], [] if elsewhere else spared["status"])
    told = f" to {METHOD}" in text and not set(seen["status"]) & set(spared["status"])
    text = _methods(text, seen["method"], [] if told else spared["method"])
    words = {
        CARRIER: listed(seen["carrier"], _NAMED),
        ASKED: listed(seen["asked"], _BUT, "any of {} kinds of request" if held else "every request"),
        OPERATION: listed(_sorted(each.operation for each in findings), 1, "any of {} operations"),
        VERSION: listed(_sorted(each.version for each in findings if VERSION in template(each)), _NAMED, "{} versions"),
        TEXT: _texts(findings, held),
        WRITE: listed(_sorted(name for each in findings for name in writes(each)), _BUT, "any of {} writes"),
        ENVELOPE: listed(_sorted(name for each in findings for name in envelopes(each)), _NAMED, "{} envelopes"),
    }
    reasons = {reason(each) for each in findings}
    words[REASON] = reasons.pop() if len(reasons) == 1 else ""
    if not words[TEXT].startswith(("'", '"')):
        text = text.replace(f"{TEXT} in the", f"{TEXT}, in the")
    return SLOT.sub(lambda found: words.get(found[0], found[0]), text)


def with_words(text: str, words: Iterable[str]) -> str:
    """A sentence with the words that stand in its slot for one word, the shortest first."""
    named = sorted({each for each in words if each}, key=lambda each: (len(each), each))
    mark = next((mark for mark in _PUNCTUATION if all(each.endswith(mark) for each in named)), "")
    named = [each.removesuffix(mark) for each in named]
    more = f" and {len(named) - _FEW} more" if len(named) > _FEW else ""
    return text.replace(WORD, f"{', '.join(named[:_FEW])}{more}{mark}")


def listed(values: Sequence[str], most: int, beyond: str = "{} kinds") -> str:
    """Values in words: `404`, `404 or 405`, `400, 404 or 405`; of more than are named, how many they are."""
    if len(values) > most:
        return beyond.format(len(values))
    last = ", or " if any(", " in each for each in values) else " or "  # what has commas of its own
    return last.join([*filter(None, [", ".join(values[:-1])]), *values[-1:]])


def _sorted(values: Iterable[str]) -> list[str]:
    return sorted({each for each in values if each})


def _of(settings: Iterable[Setting], facet: str) -> list[str]:
    return _sorted(getattr(each, facet) for each in settings)


def _statuses(text: str, seen: Sequence[str], held: Sequence[str]) -> str:
    if len(seen) > 1 and not set(seen) & set(held):
        errors = min(seen) >= _ERROR and not any(each >= _ERROR for each in held)
        but = f" but {listed(held, _BUT)}" if held and not errors else ""
        if errors or len(held) <= _BUT:
            what = "error" if errors else "answer"
            denied = re.sub(
                rf"^(?:(?:an? |the )?{STATUS})(?: for {ASKED})?(.*?) does not (\w+)", rf"no {what}{but}\1 \2s", text
            )
            text = re.sub(rf"\b(?:an?|the) {STATUS}", f"every {what}{but}", denied)
    if len(seen) > _NAMED:
        text = re.sub(rf"\b(?:an?|the) {STATUS}", f"any of {len(seen)} statuses", text)
    return text.replace(STATUS, listed(seen, _NAMED, "{} statuses"))


def _methods(text: str, seen: Sequence[str], held: Sequence[str]) -> str:
    every = len(seen) >= _MANY and set(held) <= set(seen)
    if every:
        text = text.replace(f" to {METHOD}", "")
    all_but = f"every method but {listed(held, _BUT)}" if held and len(held) <= _BUT and not {*held} & {*seen} else ""
    return text.replace(METHOD, "every method" if every else listed(seen, _FEW, all_but or "any of {} methods"))


def _texts(findings: Sequence[Finding], held: Iterable[Setting]) -> str:
    """The texts that stood where a version belongs, by what they have in common and no text that was treated well has."""
    probes = sorted({each.probe for each in findings if each.probe is not None}, key=lambda each: (len(each), each))
    if len(probes) <= 1:
        return "".join(map(quoted_probe, probes))
    kinds = [set(setting.texts) for each in findings for setting in each.settings if each.probe is not None]
    order = dict.fromkeys(kind for each in findings for setting in each.settings for kind in setting.texts)
    common = [kind for kind in order if all(kind in each for each in kinds)]
    spared = {kind for setting in held for kind in setting.texts}
    if whole := [kind for kind in common if kind not in spared]:
        return f"every text that {whole[0]}"
    named = listed([quoted_probe(each) for each in probes[:_FEW]], _FEW)
    if common:
        return f"{len(probes)} texts, each of which {common[0]}, such as {named}"
    return f"{len(probes)} texts, such as {named}" if len(probes) > _FEW else named
