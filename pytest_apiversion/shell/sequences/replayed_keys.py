"""Sends the idempotency key of one version's write with a valid write of another version: each version answers in its own words.

A service that keeps answers by the key alone gives the clients of one version what it said to a client of another. Refusing the key there is
no fault: who reuses one may be told so (draft-ietf-httpapi-idempotency-key-header §2.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.shell.requests.case_selection import positive
from pytest_apiversion.shell.requests.idempotency_keys import key_headers
from pytest_apiversion.shell.sequences.plan import counterpart_of

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.sequences.steps import SequenceSteps


def replay_key(sequence: SequenceSteps, created: Exchange, version: str, parents: Mapping[str, str]) -> None:
    """Create a thing in another version with the key that created one here, and keep the exchange where that succeeds.

    Args:
        sequence: The sequence.
        created: The exchange that created its thing.
        version: The other version.
        parents: The path parameters of what the thing is created in.
    """
    requests, create = sequence.requests, sequence.resource.create
    there = counterpart_of(requests.policy, requests.target.contracts, create, sequence.subject, version)
    if there is None or not _asked(sequence, version, there):
        return
    known = {name.lower() for name in key_headers(there)}
    name = next((each for each in key_headers(create) if each.lower() in known), None)
    first = None if name is None else _with_key(sequence, created, name, parents)
    case = next(iter(positive(requests.cases(version, there))), None)
    if name is None or first is None or case is None:
        return
    key = requests.keys.kept(first.request.header(name) or "")
    case = requests.varied(version, there, case) or case
    others = tuple(pair for pair in case.headers if pair[0].lower() != name.lower())
    exchange = sequence.send(
        version, there, replace(case, headers=(*others, (name, key))), sequence.like(there, parents)
    )
    if sequence.done(exchange):
        sequence.exchanges[-1] = replace(exchange, before=(first.request,))
    else:
        sequence.exchanges.pop()  # a key that is known may be refused


def _asked(sequence: SequenceSteps, version: str, operation: Operation) -> bool:
    """Whether an operation of a version is asked at all, and answers by now."""
    policy = sequence.requests.policy
    rule = policy.operations.get(operation.key)
    answers = policy.seen_by(version, operation.key).stage(version, sequence.requests.as_of).answers
    return answers and not (rule is not None and rule.skip)


def _with_key(sequence: SequenceSteps, created: Exchange, name: str, parents: Mapping[str, str]) -> Exchange | None:
    """The exchange that created a thing with a key: the first one, or another where that had none; None where none did."""
    if created.request.header(name):
        return created
    create, subject = sequence.resource.create, sequence.subject
    drawn = (
        value
        for case in positive(sequence.requests.cases(subject, create))
        for key, value in case.headers
        if key == name
    )
    value = next(drawn, None) or sequence.requests.token(subject, create.key)
    for case in sequence.bodies(create) if create.body_schema is not None else [sequence.case(subject, create)]:
        exchange = sequence.send(subject, create, replace(case, headers=(*case.headers, (name, value))), parents)
        if sequence.done(exchange) and exchange.request.header(name):
            return exchange
    return None
