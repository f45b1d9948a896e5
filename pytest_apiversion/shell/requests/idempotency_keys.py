"""Idempotency keys: each request has one of its own, for a service answers a second request with the same key as it answered the first.

What a contract gives an example of, or what is drawn once and sent often, would be a replay (draft-ietf-httpapi-idempotency-key-header §2.6).
What the policy gives an operation (`values.headers`) is sent as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.generation.body_values import fits, like

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.core.policy.policy import Policy

_NAMED = re.compile(r"(?:^|-)(?:idempoten(?:t|cy)-?(?:key|token|id)|paypal-request-id|repeatability-request-id)$")
"""Headers that hold one, by the last part of their name: the draft's, and those that were there before it."""


def key_headers(operation: Operation) -> list[str]:
    """The names of an operation's headers that hold a key."""
    return [each.name for each in operation.parameters if each.place == "header" and _NAMED.search(each.name.lower())]


class IdempotencyKeys:
    """Gives each request keys of its own; safe to call from several threads.

    Args:
        policy: The policy, for what it gives and for where a version stands.
        contracts: By version; where they declare a header that holds a key, with its schema.
        token: Gives a text that nobody used, for an operation of a version; asked about each request by itself, so that the order in which
            several threads ask for different ones does not matter.
    """

    def __init__(self, policy: Policy, contracts: Mapping[str, Contract], token: Callable[[str, str], str]) -> None:
        self._policy = policy
        self._contracts = contracts
        self._token = token
        self._kept: set[str] = set()

    def kept(self, value: str) -> str:
        """A key that is sent again as it is from now on, as a client does that tries again."""
        self._kept.add(value)
        return value

    def renewed(self, request: Request) -> Request:
        """The request with a key that no other has in the place of each that a contract allows."""
        for name, value in request.headers if self._schemas else ():
            if value in self._given.get(name.lower(), ()) or value in self._kept:
                continue
            for contract, schema in self._schemas.get(name.lower(), ()):
                if fits(contract, schema, value):
                    found = (str(each) for each in like(value, self._token(*self._about(request, name.lower()))))
                    request = next(
                        (request.with_header(name, each) for each in found if fits(contract, schema, each)), request
                    )
                    break
        return request

    def _about(self, request: Request, name: str) -> tuple[str, str]:
        """What a request asks of which version, for a header."""
        texts = [text for each in self._policy.carriers.values() for text in each.form.read(request, each)]
        body = hashlib.sha256(request.body or b"").hexdigest()
        return ",".join(texts), f"{name} {request.method} {request.target} {body}"

    @cached_property
    def _given(self) -> Mapping[str, set[str]]:
        """The values that the policy gives for headers, by their names in lower case."""
        found: dict[str, set[str]] = defaultdict(set)
        for rule in self._policy.operations.values():
            for name, value in rule.values.headers.items():
                found[name.lower()].add(value)
        return found

    @cached_property
    def _schemas(self) -> Mapping[str, list[tuple[Contract, Any]]]:
        """The schemas of headers that hold a key, each with the contract it is of, by the header's name in lower case."""
        found: dict[str, list[tuple[Contract, Any]]] = defaultdict(list)
        for contract in self._contracts.values():
            for operation in contract.operations.values():
                names = key_headers(operation)
                for each in operation.parameters if names else ():
                    if each.place == "header" and each.name in names:
                        known = found[each.name.lower()]
                        if not any(other is contract and schema == each.schema for other, schema in known):
                            known.append((contract, each.schema))
        return found
