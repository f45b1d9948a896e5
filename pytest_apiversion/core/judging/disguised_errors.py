"""Disguised errors: bodies of errors in responses with the status of a success."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.http.statuses import FIRST_ERROR, SUCCESS
from pytest_apiversion.core.json.members import said_together
from pytest_apiversion.core.judging.error_envelopes import problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.responses import Envelope


@lru_cache(maxsize=64)
def envelopes_by_marks(policy: Policy) -> tuple[tuple[Envelope, frozenset[str]], ...]:
    """The envelopes an error can be told by, each with the members every body in it has at its root.

    None where the policy declares errors that come with another status than an error's: there the status tells nothing.
    """
    answers = [*policy.answers.values()]
    for carrier in policy.carriers.values():
        answers += carrier.answers.values()
    if any(status < FIRST_ERROR for answer in answers for status in answer.statuses):
        return ()
    return tuple((each, found) for each in policy.envelopes.values() if (found := _marks(each)) or each.is_xml)


def _marks(envelope: Envelope) -> frozenset[str]:
    schema = envelope.schema if isinstance(envelope.schema, dict) else {}
    code = envelope.code.split("/")[1:2] if envelope.code else []
    return frozenset([*schema.get("required", ()), *(name.replace("~1", "/").replace("~0", "~") for name in code)])


def disguised(exchange: Exchange, scene: Scene) -> Envelope | None:
    """The error envelope an operation's 2xx wears; None where it wears none.

    A body that is as the contract says, by members the contract names for it, is the contract's own and no error. Where the contract
    leaves open what comes, one member is not enough to tell an error by, unless it holds an error code.
    """
    response = exchange.response
    if response is None or response.status not in SUCCESS or not exchange.aim.meaning.disguise:
        return None
    if exchange.request.method == "HEAD":
        return None
    operation = scene.operation_named(scene.version, exchange.operation)
    if operation is None or operation.neutral:
        return None
    for envelope in (each for each, _ in envelopes_by_marks(scene.policy) if each.is_xml):
        if not any(problems(envelope, response)) and not _allowed(scene, operation, response, frozenset()):
            return envelope
    for envelope, found in envelopes_by_marks(scene.policy) if isinstance(response.json, dict) else ():
        if envelope.is_xml or not found <= response.json.keys() or any(problems(envelope, response)):
            continue
        clear = envelope.code is not None or len(found) > 1
        if not _allowed(scene, operation, response, found if clear else frozenset()):
            return envelope
    return None


def wears_error(policy: Policy, response: Response) -> bool:
    """Whether a success of no operation of a version wears an error envelope that is told by more than one member, or by its code."""
    return any(
        not any(problems(each, response))
        for each, found in envelopes_by_marks(policy)
        if each.is_xml or (isinstance(response.json, dict) and found <= response.json.keys())
        if each.is_xml or each.code is not None or len(found) > 1
    )


def _allowed(scene: Scene, operation: Operation, response: Response, found: frozenset[str]) -> bool:
    """Whether the contract lets an answer have a body, and names these members for it."""
    spec = operation.response(response.status) if operation.declares(response.status) else None
    body = spec.body(response.media_type) if spec else None
    if spec is None or (spec.bodies and body is None):
        return False
    if body is None or body.validate is None:
        return not found
    if body.validate(response.json):
        return False
    return found <= set(_names(scene.contracts[scene.version].document, body.schema))


def _names(document: Mapping[str, Any], schema: Any) -> Iterator[str]:
    """The members a schema names for a value's root, in any of its alternatives."""
    for part in said_together(document, schema, ("allOf", "anyOf", "oneOf")):
        yield from part.get("properties", ())
