"""What asks for a credential is refused without one, and with one that opens other operations only.

Authentication is wired route by route, and a route that was added or moved is easily left open. No client notices, since all of them
send their key. Requests that succeed with the operation's credential are sent once without any, and once with each other credential
of the version that the contract does not accept here. What is deleted for it is nobody else's; data that is used up is used up
only where a server lets in whom it must not.

Source: CON-10; AUG-04, AUG-11, GIR-11, MOO-06, VEL-15, ARA-31, ARA-32, ARA-33; RFC 9110 §15.5.2 (401), §15.5.4 (403). Silence:
`errors.unauthorized` names another status; an alternative `{}` in the contract's `security` makes the credential optional.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.exchange import SAFE_METHODS, Aim
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging.credentials import closed, opening, useless
from pytest_apiversion.core.judging.reading import crashed, displaced, listed, ok, primary, told
from pytest_apiversion.core.policy.version_texts import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Operation

_FORBIDDEN = frozenset({401, 403})
"""What a credential gets that is known, and of no use here."""
_TOO_MANY = 429


def _promised(scene: Scene) -> str | None:
    contract = scene.contracts.get(scene.version)
    if contract is None or not scene.stage.answers:
        return None
    for operation in contract.operations.values():
        if _asked_for(operation, scene) and (scene.unsafe or operation.method in SAFE_METHODS):
            return f"credentials.{opening(scene, operation)[0].name}"
    return None


def _asked_for(operation: Operation, scene: Scene) -> bool:
    return not operation.neutral and closed(operation) and bool(opening(scene, operation))


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    if operation is None or not scene.stage.answers or not _asked_for(operation, scene):
        return
    via = primary(scene)
    selection = () if scene.is_alias else ((via, spell(scene.policy, via, scene.subject)),)
    yield Ask(aim=Aim.ANONYMOUS, selection=selection, via=via, anonymous=True)
    for other in useless(scene, operation):
        yield Ask(aim=Aim.LESSER, selection=selection, via=via, credential=other.name, probe=other.name)


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    said = [found for exchange in exchanges if (found := _said(exchange, exchanges, scene)) is not None]
    return [each for found in said for each in found] if said else None


def _said(exchange: Exchange, exchanges: Sequence[Exchange], scene: Scene) -> list[Broken] | None:
    """What one refusal, or the want of it, means; None where it cannot show the promise."""
    response, operation = exchange.response, scene.operation_named(scene.version, exchange.operation)
    if response is None or operation is None or exchange.aim not in {Aim.ANONYMOUS, Aim.LESSER}:
        return None
    if response.status == _TOO_MANY or crashed(exchange, scene) or displaced(exchange, scene):
        return None
    due = scene.policy.error_rules.unauthorized | (_FORBIDDEN if exchange.aim is Aim.LESSER else frozenset())
    if response.status in due:
        return []
    if not ok(response) and not _succeeds(exchange, exchanges):
        return None  # whoever asks, it is refused for a reason of its own
    schemes = " or ".join(" with ".join(alternative) for alternative in operation.security or ())
    missing = "no credential" if exchange.aim is Aim.ANONYMOUS else f"the credential {exchange.probe}"
    return [
        Broken(
            summary=f"{'answers' if ok(response) else 'gets'} {response.status} with {missing}",
            expected=f"{listed(due)}: the contract asks for {schemes}",
            received=told(exchange),
            place=f"credentials.{exchange.probe or opening(scene, operation)[0].name}",
            exchange=exchange,
        )
    ]


def _succeeds(exchange: Exchange, exchanges: Sequence[Exchange]) -> bool:
    """Whether the operation's own credential gets a success."""
    return any(
        each.aim is Aim.ACCEPTED
        and each.request.method == exchange.request.method
        and each.response is not None
        and ok(each.response)
        for each in exchanges
    )


CHECK = Check(
    code="AV316",
    name="credential-required",
    title="credentials are required",
    promised=_promised,
    plan=_plan,
    conclude=_conclude,
)
