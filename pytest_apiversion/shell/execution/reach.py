"""How far a run reached each operation: successes, declared statuses seen, and what would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.http.conditions import REFUSALS, is_conditional
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.http.statuses import status_matches
from pytest_apiversion.shell.openapi.security_schemes import key_entry

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Contract, Operation

_REFUSED = (401, 403)
_ABSENT = (404, 409, 410, 423)
_ALTERING = frozenset({"PUT", "PATCH", "DELETE"})
_NOWHERE = 404
_METHOD = 405
"""What a path answers to a method that it has not: no operation of it can be asked so that it does (RFC 9110 §15.5.6)."""
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


def reach_of(
    contract: Contract | None, label: str, exchanges: Sequence[Exchange], impossible: Collection[int] = ()
) -> tuple[Reach, ...]:
    """How far each operation an item is about was reached; nothing of what the router or a sunset version answered.

    Args:
        contract: The version's contract.
        label: What the item is called: an operation that was not asked counts too.
        exchanges: What was sent.
        impossible: Statuses that the day makes impossible: what a sunset answers, before any.
    """
    if contract is None:
        return ()
    operations = {**contract.operations, **contract.queries}
    impossible = {*impossible, _METHOD}
    mine = [each for each in exchanges if each.aim.meaning.of_operation and each.operation in operations]
    keys = dict.fromkeys([*([label] if label in operations else []), *(each.operation for each in mine)])
    by_key: dict[str, list[Exchange]] = {key: [] for key in keys}
    for each in mine:
        by_key[each.operation].append(each)
    return tuple(_reach(contract, operations[key], found, impossible) for key, found in by_key.items())


def _reach(
    contract: Contract, operation: Operation, exchanges: Sequence[Exchange], impossible: Collection[int]
) -> Reach:
    statuses = Counter(each.response.status for each in exchanges if each.response is not None)
    made = Reach(
        operation=operation.key,
        declared=tuple(
            status
            for status in operation.responses
            if status != "default" and (status not in {str(each) for each in impossible} or int(status) in statuses)
        ),
        seen=tuple(sorted(statuses)),
    )
    if made.succeeded:
        return made
    wanted = [each.response.status for each in exchanges if each.aim.meaning.well_formed and each.response is not None]
    return replace(made, advice=_advice(contract, operation, Counter(wanted)))


def _advice(contract: Contract, operation: Operation, got: Counter[int]) -> str:
    """What to add to the policy file, from what well-formed requests got."""
    names = operation.path_parameters
    given, rule = ", ".join(f'{name} = "…"' for name in names), f'give [operations.rules."{operation.key}"]'
    alone = operation.method in SAFE_METHODS
    values = f"give [values] {given}" if alone else f"{rule} values = {{ path = {{ {given} }} }}"
    if not got:
        return values if names else f"{rule} harmless = true" if operation.method in _ALTERING else ""
    most = got.most_common(1)[0][0]
    if most in _REFUSED:
        schemes = [name for alternative in operation.security or () for name in alternative] or ["default"]
        return f"give {key_entry(contract.document, schemes[0]).line} above the first table, or one that may do it"
    if most in _ABSENT and names:
        return f"{values}, of something that is there and in a state for it"
    if most == _NOWHERE and not operation.neutral:
        return f'give [operations] neutral = ["{operation.key}"], where it is served without a version'
    if most == _TOO_MANY:
        return "lower the rate in [requests]"
    return f"{rule} values = {{ {_part(operation, most)} }}" if most in _INVALID else ""


def _part(operation: Operation, status: int) -> str:
    """The part of a request that a refusal is about, as `values` names it."""
    if status in REFUSALS:
        header = next((each.name for each in operation.parameters if is_conditional(each.name)), "If-Match")
        return f'headers = {{ {header} = "…" }}'
    headers = [each.name for each in operation.parameters if each.place == "header"]
    queried = any(each.place == "query" for each in operation.parameters)
    if headers and not queried and not operation.body_media_types:
        return f'headers = {{ {headers[0]} = "…" }}'
    return "body = { … }" if operation.body_media_types else "query = { … }"
