"""Errors that look like successes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.envelope import FIRST_ERROR, problems
from pytest_apiversion.core.exchange import Aim
from pytest_apiversion.core.members import followed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_apiversion.core.check import Scene
    from pytest_apiversion.core.contract import Operation
    from pytest_apiversion.core.exchange import Exchange, Response
    from pytest_apiversion.core.policy import Policy
    from pytest_apiversion.core.promises import Envelope

_OWN = frozenset({Aim.ACCEPTED, Aim.UNKNOWN_DATA, Aim.REFUSED})
_SUCCESS = range(200, 300)
"""RFC 9110 §15.3."""
_NESTED = 8
"""Alternatives inside alternatives that are looked into."""


def marks(envelope: Envelope) -> frozenset[str]:
    """The members every body in an envelope has at its root: what it can be told by; empty where there are none."""
    schema = envelope.schema if isinstance(envelope.schema, dict) else {}
    required = schema.get("required", ())
    code = envelope.code.split("/")[1:2] if envelope.code else []
    return frozenset(name.replace("~1", "/").replace("~0", "~") for name in (*required, *code))


@lru_cache(maxsize=64)
def tells_errors(policy: Policy) -> bool:
    """Whether an error can be told by its body, and the policy declares none that comes with another status than an error's."""
    answers = [*policy.answers.values()]
    for carrier in policy.carriers.values():
        answers += carrier.answers.values()
    statuses = {status for answer in answers for status in answer.statuses}
    if any(status < FIRST_ERROR for status in statuses):
        return False
    return any(marks(envelope) for envelope in policy.envelopes.values())


def disguised(exchange: Exchange, scene: Scene) -> Envelope | None:
    """The error envelope an operation's 2xx wears; None where it wears none.

    A body that is as the contract says, by members the contract names for it, is the contract's own and no error.
    """
    response = exchange.response
    if response is None or response.status not in _SUCCESS or exchange.aim not in _OWN:
        return None
    if exchange.request.method == "HEAD" or not isinstance(response.json, dict) or not tells_errors(scene.policy):
        return None
    operation = scene.operation_named(scene.version, exchange.operation)
    if operation is None or operation.neutral:
        return None
    for envelope in scene.policy.envelopes.values():
        found = marks(envelope)
        if not found or not found <= response.json.keys() or any(problems(envelope, response)):
            continue
        if not _own(scene, operation, response, found):
            return envelope
    return None


def _own(scene: Scene, operation: Operation, response: Response, found: frozenset[str]) -> bool:
    """Whether a body is what the contract says of this status, by name."""
    spec = operation.response(response.status) if operation.declares(response.status) else None
    body = spec.body(response.media_type) if spec else None
    if body is None or body.validate is None or body.validate(response.json):
        return False
    return found <= set(_names(scene.contracts[scene.version].document, body.schema, _NESTED))


def _names(document: Mapping[str, Any], schema: Any, depth: int) -> Iterator[str]:
    """The members a schema names for a value's root, in any of its alternatives."""
    schema = followed(document, schema)
    if not isinstance(schema, dict) or depth == 0:
        return
    yield from schema.get("properties", ())
    for key in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(key, ()):
            yield from _names(document, part, depth - 1)
