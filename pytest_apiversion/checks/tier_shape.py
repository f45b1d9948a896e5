"""What only one tier's credential sees is in its answers, and in nobody else's.

A member that is shown to those who paid for it is additive for everyone else only as long as they do not see it: their programs were
written for the frozen contract, and so were the prices. The usual requests go with the first credential of a scheme; the operations
that show more are asked for once more with the tier's own.

Source: CON-11; MOO-13. Silence: take the member or the operation out of `[[tiers]]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.json.pointer import MISSING, lookup
from pytest_apiversion.core.judging.credentials import held, opening
from pytest_apiversion.core.judging.reading import CONTRACT_AIMS, displaced, primary, told
from pytest_apiversion.core.policy.version_texts import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.requests import Tier

_SUCCESS = range(200, 300)


def _promised(scene: Scene) -> str | None:
    contract = scene.contracts.get(scene.version)
    if contract is None or not scene.stage.answers:
        return None
    operations = contract.operations.values()
    return next((f"{tier.place}.members" for each in operations for tier in _tiers(scene, each)), None)


def _tiers(scene: Scene, operation: Operation) -> list[Tier]:
    """The tiers that see more of an operation than the credential it is usually asked with."""
    usual = {each.name for each in opening(scene, operation)}
    mine = {each.name for each in held(scene)}
    return [
        tier
        for tier in scene.policy.tiers
        if operation.key in tier.operations and tier.credential in mine - usual and usual and not operation.neutral
    ]


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    if operation is None or operation.method != "GET" or not scene.stage.answers:
        return
    via = primary(scene)
    selection = () if scene.is_alias else ((via, spell(scene.policy, via, scene.subject)),)
    for tier in _tiers(scene, operation):
        yield Ask(aim=Aim.TIER, selection=selection, via=via, credential=tier.credential, probe=tier.credential)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, operation = exchange.response, scene.operation_named(scene.version, exchange.operation)
    if response is None or operation is None or response.status not in _SUCCESS or displaced(exchange, scene):
        return None
    if exchange.aim not in CONTRACT_AIMS | {Aim.TIER} or not isinstance(response.json, dict | list):
        return None
    tiers = _tiers(scene, operation)
    if exchange.aim is Aim.TIER:
        mine = [tier for tier in tiers if tier.credential == exchange.probe]
        return (
            None if _hollow(response.json, operation) else [each for tier in mine for each in _withheld(exchange, tier)]
        )
    return [each for tier in tiers for each in _leaked(exchange, tier)] if tiers else None


def _leaked(exchange: Exchange, tier: Tier) -> Iterator[Broken]:
    for member in tier.members:
        if exchange.response is not None and _shows(exchange.response.json, member):
            yield Broken(
                summary=f"{member} is shown without the credential {tier.credential}",
                expected=f"no {member}: only {tier.credential} sees it",
                received=told(exchange),
                place=f"{tier.place}.members",
            )


def _withheld(exchange: Exchange, tier: Tier) -> Iterator[Broken]:
    for member in tier.members:
        if exchange.response is not None and not _shows(exchange.response.json, member):
            yield Broken(
                summary=f"{member} is not shown to the credential {tier.credential}",
                expected=f"{member} in the answers of {exchange.operation}",
                received=told(exchange),
                place=f"{tier.place}.members",
            )


def _shows(value: Any, member: str) -> bool:
    """Whether a body has a member: anywhere by its name, or where a pointer leads."""
    if member.startswith("/"):
        return lookup(value, member) is not MISSING
    return any(isinstance(each, dict) and member in each for each in _walk(value))


def _hollow(value: Any, operation: Operation) -> bool:
    """Whether a collection has nothing in it: what would be there may be what shows more."""
    if isinstance(value, list):
        return not value
    lists = [each for each in value.values() if isinstance(each, list)]
    return bool(lists) and not any(lists) and not operation.path.endswith("}")


def _walk(value: Any) -> Iterator[Any]:
    waiting: list[Any] = [value]
    while waiting:
        each = waiting.pop()
        yield each
        more: Sequence[Any] = list(each.values()) if isinstance(each, dict) else each if isinstance(each, list) else []
        waiting += more


CHECK = Check(
    code="AV317", name="tier-shape", title="tiers see what is theirs", promised=_promised, plan=_plan, judge=_judge
)
