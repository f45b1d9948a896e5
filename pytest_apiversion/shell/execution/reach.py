"""How far a run came: operations that never succeeded, declared answers nobody saw, and what in the policy file would lead there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.judging.reading import CONTRACT_AIMS
from pytest_apiversion.core.policy.responses import status_matches

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.shell.execution.outcome import Outcome

_OWN = CONTRACT_AIMS | {Aim.ANONYMOUS, Aim.LESSER, Aim.TIER}
"""Requests whose answers are an operation's own, and not the router's or the version selection's."""
_WELL_FORMED = frozenset({Aim.ACCEPTED, Aim.UNKNOWN_DATA})
_REFUSED = (401, 403)
_ABSENT = (404, 409, 410, 412, 423)
_TOO_MANY = 429
_INVALID = range(400, 500)
_SUCCESS = range(200, 300)
_FEW = 3
"""Operations named without `--apiversion-reach`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """How far one operation of a version was reached by an item.

    Attributes:
        operation: `METHOD /template`.
        declared: The statuses its contract declares, ranges among them; `default` left out.
        seen: The statuses that came back.
        advice: What to add to the policy file so that it succeeds; empty where it did, or nothing is known.
    """

    operation: str
    declared: tuple[str, ...]
    seen: tuple[int, ...]
    advice: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether a success was seen, or the redirect the operation is there for."""
        return any(each in _SUCCESS or (300 <= each < 400 and self._has(each)) for each in self.seen)  # noqa: PLR2004  RFC 9110 §15.4

    @property
    def unseen(self) -> tuple[str, ...]:
        """The declared statuses that nothing came back with."""
        return tuple(each for each in self.declared if not any(status_matches(seen, (each,)) for seen in self.seen))

    def _has(self, status: int) -> bool:
        return status_matches(status, self.declared)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, what follows from them included."""
        return {
            "operation": self.operation,
            "declared": list(self.declared),
            "seen": list(self.seen),
            "unseen": list(self.unseen),
            "advice": self.advice,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Reach:
        """The inverse of `to_dict`."""
        return cls(
            operation=data["operation"],
            declared=tuple(data["declared"]),
            seen=tuple(data["seen"]),
            advice=data["advice"],
        )


def reach_of(contract: Contract | None, label: str, exchanges: Sequence[Exchange]) -> tuple[Reach, ...]:
    """How far each operation an item is about was reached; nothing of what the router or a sunset version answered.

    Args:
        contract: The version's contract.
        label: What the item is called: an operation that was not asked counts too.
        exchanges: What was sent.
    """
    operations = contract.operations if contract else {}
    mine = [each for each in exchanges if each.aim in _OWN and each.operation in operations]
    keys = dict.fromkeys([*([label] if label in operations else []), *(each.operation for each in mine)])
    return tuple(_reach(operations[key], [each for each in mine if each.operation == key]) for key in keys)


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
    more = " (--apiversion-reach names them)" if not whole and (unseen or len(barren) > _FEW) else ""
    yield f"reach: {first}, {unseen} of {declared} declared answers were not seen{more}"
    for (subject, key), each in list(barren.items())[: len(barren) if whole else _FEW]:
        got = f"only {', '.join(map(str, each.seen))}" if each.seen else "nothing was asked"
        yield f"  {subject} {key}: {got}{f'; {each.advice}' if each.advice else ''}"
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


def _reach(operation: Operation, exchanges: Sequence[Exchange]) -> Reach:
    statuses = Counter(each.response.status for each in exchanges if each.response is not None)
    made = Reach(
        operation=operation.key,
        declared=tuple(status for status in operation.responses if status != "default"),
        seen=tuple(sorted(statuses)),
    )
    if made.succeeded:
        return made
    wanted = [each.response.status for each in exchanges if each.aim in _WELL_FORMED and each.response is not None]
    return replace(made, advice=_advice(operation, Counter(wanted)))


def _advice(operation: Operation, got: Counter[int]) -> str:
    """What to add to the policy file, from what well-formed requests got."""
    names = operation.path_parameters
    values = "give [values] " + ", ".join(f'{name} = "…"' for name in names)
    if not got:
        return values if names else ""
    most = got.most_common(1)[0][0]
    if most in _REFUSED:
        schemes = [name for alternative in operation.security or () for name in alternative] or ["default"]
        return f"give [credentials.{schemes[0]}], or one that may do it"
    if most in _ABSENT and names:
        return f"{values}, of something that is there and in a state for it"
    if most == _TOO_MANY:
        return "lower the rate in [requests]"
    if most in _INVALID:
        part = "body = { … }" if operation.body_media_types else "query = { … }"
        return f'give [operations.rules."{operation.key}"] values = {{ {part} }}'
    return ""
