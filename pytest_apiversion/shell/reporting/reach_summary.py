"""How far the operations of a policy were reached, summed over its items and put into lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.shell.execution.reach import _FEW, Reach

if TYPE_CHECKING:
    from pytest_apiversion.shell.execution.outcome import Outcome


def merged(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], Reach]:
    """How far operations were reached by all items together, by version (or alias) and operation."""
    found: dict[tuple[str, str], Reach] = {}
    for outcome in outcomes:
        for each in outcome.reach:
            known = found.get((outcome.subject, each.operation))
            if known is not None:
                seen = tuple(sorted({*known.seen, *each.seen}))
                each = replace(known, seen=seen, advice=known.advice or each.advice)  # noqa: PLW2901  the sum of both
            found[outcome.subject, each.operation] = each
    return {key: replace(each, advice="") if each.succeeded else each for key, each in found.items()}


def reach_lines(outcomes: Iterable[Outcome], *, whole: bool) -> Iterator[str]:
    """What the page says of it: the counts, then what did not succeed and what would help, in whole or the first few.

    Args:
        outcomes: Of one policy file.
        whole: Whether every operation and every answer is named.
    """
    found = merged(outcomes)
    if not found:
        return
    barren = {key: each for key, each in found.items() if not each.succeeded}
    declared = sum(len(each.declared) for each in found.values())
    unseen = sum(len(each.unseen) for each in found.values())
    first = (
        f"{len(barren)} of {len(found)} operations never succeeded"
        if barren
        else f"{len(found)} of {len(found)} operations succeeded"
    )
    more = (
        " (--apiversion-reach names them)"
        if not whole and (unseen or len({(key, each.advice) for (_, key), each in barren.items()}) > _FEW)
        else ""
    )
    answers = (
        f"{unseen} of {declared} declared answers were not seen"
        if unseen
        else f"all {declared} declared answers were seen"
    )
    yield f"reach: {first}, {answers}{more}"
    lines: dict[str, list[str]] = {}
    for (subject, key), each in barren.items():
        got = f"only {', '.join(map(str, each.seen))}" if each.seen else "nothing was asked"
        lines.setdefault(f"{key}: {got}{f'; {each.advice}' if each.advice else ''}", []).append(subject)
    for line, subjects in list(lines.items())[: len(lines) if whole else _FEW]:
        yield f"  {', '.join(subjects)} {line}"
    if whole:
        for (subject, key), each in found.items():
            if each.unseen:
                yield f"  {subject} {key}: not seen: {', '.join(each.unseen)}{_ways(key, each)}"


def _ways(key: str, reach: Reach) -> str:
    """What would lead to the answers that were not seen, where an entry of the policy file does."""
    ways = []
    if reach.succeeded and any(each.startswith("2") for each in reach.unseen):
        ways.append(f'2xx: [operations.rules."{key}"] values that lead there')
    if "401" in reach.unseen:
        ways.append("401: [credentials] for its scheme, which is then left out once")
    return f" ({'; '.join(ways)})" if ways else ""
