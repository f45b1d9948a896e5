"""Requests that are valid under the frozen contract are still accepted, and frozen operations still routed.

A drawn request that the contract accepts and that is about existing data must not be refused as invalid. Refusals that may have
other reasons (401, 403, 404, 409, 429 …) count only when an operation gives no success to any such request. The statuses of
`refusals`, in `contract` or in an operation's rule, do not count at all: they are what a service gives for rules no schema can say (a start
after its end). A write that gets nothing but 409 does not count either: the state of things is against it (RFC 9110 §15.5.10), such as a name
in the body that nothing has, and the page says which values to give. Nor does the refusal of a cursor (`cursor`, `page_token`, `after` …) that no page gave and
no `values` name. Nor does a 404 that the contract names for what is below a thing (its only picture, the part of a kind), where the operation was there
to say so: it says something else of a thing that nobody has. Nor does 400 or 422 for a partial update, where what is stored has its say: a JSON patch (RFC 6902), and a merge patch (RFC 7396) or a `PATCH`
with JSON that adds to a map which takes only so many members, deletes what the whole must have, or gives what depends on members that it does
not give (`dependentRequired`, alternatives of the whole); what is left of it without that is sent then, and has to be taken. Nor does what OAuth says of a grant (RFC 6749 §5.2): a token endpoint that answers `invalid_grant` has understood the
request, and nobody can draw a code that was issued.

Refusals of one operation that say different things (the error code of the envelope, the parameter or member that is blamed) are told apart, the
first three of them each by itself.

Source: GIR-07, GIR-08, GIR-26, MOO-04, MOO-05, CON-04, CON-07. Silence: amend the contract, give `[operations.rules]` values, or
declare `refusals`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.contracts.cursors import made_up
from pytest_apiversion.core.contracts.stored_parts import rests_on_stored
from pytest_apiversion.core.http.conditions import REFUSALS, is_conditional
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.http.statuses import CONFLICT, FIRST_ERROR, OF_VALUES, ok, status_matches
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.refusal_reasons import missing_below, reason_told, refuses_grant
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene

_INVALID = frozenset({400, 405, 406, 411, 413, 414, 415, 416, 422, 431, 501})
"""Statuses that say the request itself is wrong."""


def _promised(scene: Scene) -> str | None:
    return f"versions.{scene.version}.contract" if scene.stage.answers and scene.version in scene.contracts else None


def _counts(exchange: Exchange, scene: Scene) -> bool:
    reading = read(exchange, scene)
    if exchange.aim is not Aim.ACCEPTED or exchange.response is None or exchange.via not in {"", primary(scene)}:
        return False
    return reading.contract_operation is not None and not reading.displaced


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if not _counts(exchange, scene) or response is None:
        return None
    if ok(response):
        return () if read(exchange, scene).accepted else None  # a redirect that nobody declared is AV301's
    if not _invalid(exchange, scene):
        return None
    told = reason_told(exchange, scene)
    return [
        Broken(
            summary=f"a request the frozen contract accepts gets {response.status}{f' (refused as {told})' if told else ''}",
            expected=f"acceptance: the request is valid under the frozen contract{_of_no_body(exchange, scene)}",
            received=answer_text(exchange),
            place=f"{scene.contracts[scene.version].source} {exchange.operation}",
        )
    ]


def _of_no_body(exchange: Exchange, scene: Scene) -> str:
    """Why a request without the body that its operation describes is valid."""
    operation = read(exchange, scene).contract_operation
    described = operation is not None and "requestBody" in operation.raw
    return ", which does not say required: true of its requestBody" if described and not exchange.request.body else ""


def _invalid(exchange: Exchange, scene: Scene) -> bool:
    """Whether an answer says that the request itself is wrong, and nothing is known of another reason for it."""
    status = exchange.response.status if exchange.response is not None else 0
    return status in _INVALID and not _explained(exchange, scene)


def _explained(exchange: Exchange, scene: Scene) -> bool:
    """Whether a refusal has a reason that no schema can say: by the policy, by OAuth's own words, a cursor that no page gave, or what is stored."""
    response = exchange.response
    if response is None:
        return False
    if _by_cursor(exchange, scene) or _by_stored(exchange, scene):
        return True
    rule = scene.policy.operations.get(exchange.operation)
    refusals = (*scene.policy.rules.refusals, *(rule.refusals if rule else ()))
    return status_matches(response.status, refusals) or refuses_grant(exchange.request, response)


def _by_cursor(exchange: Exchange, scene: Scene) -> bool:
    """Whether a request has a cursor that no page gave."""
    rule, operation = scene.policy.operations.get(exchange.operation), read(exchange, scene).contract_operation
    given = {*scene.policy.values, *(rule.values.query if rule else ())}
    document = scene.contracts[scene.version].document
    return operation is not None and made_up(document, operation, exchange.request.query, given)


def _by_stored(exchange: Exchange, scene: Scene) -> bool:
    """Whether a refusal may be about the rest of a thing of which a request changes a part."""
    operation, response = read(exchange, scene).contract_operation, exchange.response
    if operation is None or response is None or response.status not in OF_VALUES:
        return False
    return rests_on_stored(scene.contracts[scene.version], operation, exchange.request)


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    counted = [exchange for exchange in exchanges if _counts(exchange, scene)]
    if not counted or any(_settled(exchange, scene) for exchange in counted):
        return None
    if all(_conflicts(exchange) for exchange in counted):
        return None
    if all(_by_cursor(exchange, scene) or _by_stored(exchange, scene) for exchange in counted):
        return None
    if all(missing_below(exchange, exchanges, scene) for exchange in counted):
        return None
    counted = [exchange for exchange in counted if not _explained(exchange, scene)]
    if not counted:
        return ()
    statuses = Counter(exchange.response.status for exchange in counted if exchange.response is not None)
    got = ", ".join(f"{count} times {status}" for status, count in sorted(statuses.items()))
    return [
        Broken(
            summary=f"no request the frozen contract accepts succeeds: {', '.join(map(str, sorted(statuses)))}",
            expected=f"the operation answers as its frozen contract says{_hint(counted, statuses)}",
            received=f"{got}; last: {answer_text(counted[-1])}",
            place=f"{scene.contracts[scene.version].source} {counted[-1].operation}",
            exchange=counted[-1],
        )
    ]


def _settled(exchange: Exchange, scene: Scene) -> bool:
    """Whether an answer is a success, or a refusal that is told by itself."""
    return exchange.response is not None and (exchange.response.status < FIRST_ERROR or _invalid(exchange, scene))


def _conflicts(exchange: Exchange) -> bool:
    """Whether a write is refused for the state that things are in."""
    response = exchange.response
    return response is not None and response.status == CONFLICT and exchange.request.method not in SAFE_METHODS


def _hint(exchanges: Sequence[Exchange], statuses: Counter[int]) -> str:
    """The header to give where the state of a thing has to be named."""
    if statuses.keys().isdisjoint(REFUSALS):
        return ""
    last = exchanges[-1]
    name = next((name for name, _ in last.request.headers if is_conditional(name)), "If-Match")
    return f'; give [operations.rules."{last.operation}"] values = {{ headers = {{ {name} = "…" }} }}'


CHECK = Check(
    code="AV302",
    name="request-accepted",
    title="frozen-valid requests are accepted",
    promised=_promised,
    judge=_judge,
    conclude=_conclude,
)
