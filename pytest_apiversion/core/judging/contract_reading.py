"""The reading of an answer by its contract: what was asked, and what the contract says of what came back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.round_trip import member_differences, shown_members
from pytest_apiversion.core.http.statuses import FIRST_ERROR
from pytest_apiversion.core.json.nested_members import steps_in
from pytest_apiversion.core.judging.body_faults import BodyFault, body_faults, declared_body
from pytest_apiversion.core.judging.error_envelopes import wears

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import BodySpec, Operation, ResponseSpec
    from pytest_apiversion.core.http.messages import Response


@dataclass(frozen=True, kw_only=True, eq=False)
class ContractReading:
    """What an answer is by its contract; the first part of its `Reading`.

    Attributes:
        exchange: The exchange.
        scene: What it is about.
    """

    exchange: Exchange
    scene: Scene

    @property
    def response(self) -> Response | None:
        """The response, or None when there was no answer."""
        return self.exchange.response

    @cached_property
    def operation(self) -> Operation | None:
        """The operation of the version's contract that the exchange names; None where it belongs to none."""
        return self.scene.operation_named(self.scene.version, self.exchange.operation)

    @property
    def is_neutral(self) -> bool:
        """Whether it belongs to an operation that has no version."""
        return self.operation is not None and self.operation.neutral

    @cached_property
    def contract_operation(self) -> Operation | None:
        """The operation whose contract the answer is held to; None where something else was asked."""
        operation = self.operation if self.exchange.aim.meaning.contract else None
        return operation if operation is not None and self.exchange.request.method == operation.method else None

    @cached_property
    def spec(self) -> ResponseSpec | None:
        """What the contract says of an answer with this status."""
        if self.operation is None or self.response is None:
            return None
        return self.operation.response(self.response.status)

    @cached_property
    def body(self) -> BodySpec | None:
        """What the contract says of a body of this media type; None where it has nothing like it."""
        response, spec = self.response, self.spec
        return (
            declared_body(self.exchange, self.scene, spec, response)
            if spec is not None and response is not None
            else None
        )

    @property
    def body_counts(self) -> bool:
        """Whether its body is held to the contract: there is one to hold, and an error wears its envelope."""
        if self.response is None or self.exchange.request.method == "HEAD":
            return False
        return self.response.status < FIRST_ERROR or self.wears_envelope

    @cached_property
    def body_faults(self) -> tuple[BodyFault, ...]:
        """Every way in which its body is not as the contract says of an answer with its status."""
        operation, response = self.contract_operation, self.response
        if operation is None or response is None or not self.body_counts or not operation.declares(response.status):
            return ()
        spec = operation.response(response.status)
        return () if spec is None else tuple(body_faults(self.exchange, self.scene, spec, response))

    @cached_property
    def wears_envelope(self) -> bool:
        """Whether an error wears an envelope it may wear (true where none is promised)."""
        return wears(self.scene.policy, self.exchange)

    @cached_property
    def lost_members(self) -> list[tuple[str, Any, Any]]:
        """Members that say something else than what was written: name, due, shown.

        Of a value that the contract does not allow there AV301 speaks; null is a loss whatever it allows.
        """
        follows, response = self.exchange.follows, self.response
        if follows is None or response is None:
            return []
        found = shown_members(response, follows.place)
        refused = {fault.where for fault in self.body_faults}
        return [
            (name, due, shown)
            for name, due, shown in member_differences(follows, response)
            if shown is None or follows.place + "".join(f"/{step}" for step in steps_in(found, name)) not in refused
        ]
