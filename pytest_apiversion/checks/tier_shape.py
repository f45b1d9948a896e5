"""What only one tier's credential sees is in its answers, and in nobody else's.

A member that is shown to those who paid for it is additive for everyone else only as long as they do not see it: their programs were
written for the frozen contract, and so were the prices. The usual requests go with the first credential of a scheme; the operations
that show more are asked for once more with the tier's own.

Source: CON-11; MOO-13. Silence: take the member or the operation out of `[[tiers]]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.contracts.named_queries import whole
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.core.json.pointer import MISSING, lookup
from pytest_apiversion.core.judging.credentials import accepted_credentials, credentials_of
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.credentials import Tier

_UNKNOWN, _FORBIDDEN = 401, 403
"""What is said to a credential that opens nothing (RFC 9110 §15.5.2, §15.5.4)."""


def _promised(scene: Scene) -> str | None:
    contract = scene.contracts.get(scene.version)
    if contract is None or not scene.stage.answers:
        return None
    operations = contract.asked
    return scene.once(
        "tiers", lambda: next((f"{tier.place}.members" for each in operations for tier in _tiers(scene, each)), None)
    )


def _tiers(scene: Scene, operation: Operation) -> list[Tier]:
    """The tiers that see more of an operation than the credential it is usually asked with."""
    usual = {each.name for each in accepted_credentials(scene, operation)}
    mine = {each.name for each in credentials_of(scene)}
    return [
        tier
        for tier in scene.policy.tiers
        if not tier.operations.isdisjoint({operation.key, whole(operation.key)})
        and (tier.versions is None or scene.version in tier.versions)
        and tier.credential in mine - usual
        and usual
        and not operation.neutral
    ]


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    if operation is None or operation.method != "GET" or not scene.stage.answers:
        return
    via = primary(scene)
    selection = scene.selection
    for tier in _tiers(scene, operation):
        yield Ask(
            aim=Aim.TIER,
            selection=selection,
            via=via,
            credential=tier.credential,
            probe=tier.credential,
            compare=() if scene.is_alias else (scene.subject,),
        )


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    response, operation = exchange.response, reading.operation
    if response is None or operation is None:
        return None
    if exchange.aim is Aim.TIER and _turned_away(exchange, response, operation):
        return [_refused(exchange, tier) for tier in _tiers(scene, operation) if tier.credential == exchange.probe]
    if response.status not in SUCCESS or reading.displaced or not isinstance(response.json, dict | list):
        return None
    tiers = _tiers(scene, operation)
    if exchange.aim is Aim.TIER:
        mine = [tier for tier in tiers if tier.credential == exchange.probe]
        shown = bool(mine) and not _hollow(response.json, operation)
        return [each for tier in mine for each in _withheld(exchange, tier)] if shown else None
    if not tiers or not exchange.aim.meaning.contract:
        return None
    return [each for tier in tiers for each in _leaked(exchange, tier)]


def _leaked(exchange: Exchange, tier: Tier) -> Iterator[Broken]:
    for member in tier.members:
        if exchange.response is not None and _shows(exchange.response.json, member):
            yield Broken(
                summary=f"{member} is shown without the credential {tier.credential}",
                expected=f"no {member}: only {tier.credential} sees it",
                received=answer_text(exchange),
                place=f"{tier.place}.members",
            )


def _withheld(exchange: Exchange, tier: Tier) -> Iterator[Broken]:
    for member in tier.members:
        if exchange.response is not None and not _shows(exchange.response.json, member):
            yield Broken(
                summary=f"{member} is not shown to the credential {tier.credential}",
                expected=f"{member} in the answers of {exchange.operation}",
                received=answer_text(exchange),
                place=f"{tier.place}.members",
            )


def _turned_away(exchange: Exchange, response: Response, operation: Operation) -> bool:
    """Whether who sees more is refused what the usual credential gets; one thing may be another's, and forbidden for that."""
    plain = exchange.peers.get(exchange.version)
    if plain is None or plain.status not in SUCCESS:
        return False
    return response.status == _UNKNOWN or (response.status == _FORBIDDEN and not operation.path_parameters)


def _refused(exchange: Exchange, tier: Tier) -> Broken:
    return Broken(
        summary=f"the credential {tier.credential} is refused",
        expected=f"{exchange.operation} with {', '.join(tier.members)}",
        received=answer_text(exchange),
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
