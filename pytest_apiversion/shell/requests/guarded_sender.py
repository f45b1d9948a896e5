"""Sends a request that does no harm: safe where only that is allowed, altering nothing but what the run created, and conditional on what is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.http.conditions import CHANGED
from pytest_apiversion.core.http.cross_origin import from_page
from pytest_apiversion.core.http.messages import SAFE_METHODS, NoAnswer, Request, Response
from pytest_apiversion.core.http.statuses import FIRST_ERROR
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.shell.data.broken_readings import BrokenReadings
from pytest_apiversion.shell.data.ownership import Ownership
from pytest_apiversion.shell.requests.case_selection import disguised
from pytest_apiversion.shell.requests.idempotency_keys import IdempotencyKeys
from pytest_apiversion.shell.requests.readings import Readings


@dataclass(kw_only=True, eq=False)
class GuardedSender:
    """Sends requests of one policy, and takes down what they created and read.

    Attributes:
        policy: The policy.
        transport: Sends one request.
        unsafe: Whether unsafe methods may be sent.
        ownership: What this run created, and may alter.
        readings: What the last reading of each thing said of its state.
        broken: Which readings broke after a write.
        keys: Gives each request an idempotency key of its own.
    """

    policy: Policy
    transport: Callable[[Request], Response | NoAnswer]
    unsafe: bool
    ownership: Ownership
    readings: Readings
    broken: BrokenReadings
    keys: IdempotencyKeys

    def exchanged(self, request: Request) -> tuple[Request, Response | NoAnswer]:
        """A request as it was sent, and what it got: its conditional headers say what is known now.

        Where the thing changed in the meantime, it is read again, and the request is sent again (RFC 9110 §13.1.1).

        Raises:
            ToolError: It is unsafe, and may not be sent, or alters what is not this run's: this package planned what it must not.
        """
        request = self.keys.renewed(from_page(self.policy.cors, request))
        reading = self.readings.reading(request)
        if reading is not None and not self.readings.knows(request):
            self._transported(reading)
        request = self.readings.current(request)
        answer = self._transported(request)
        if isinstance(answer, Response) and answer.status == CHANGED and reading is not None:
            self._transported(reading)
            again = self.readings.current(request)
            if again != request:
                again = self.keys.renewed(again)  # with the key of before it may get the answer of before
                return again, self._transported(again)
        return request, answer

    def _transported(self, request: Request) -> Response | NoAnswer:
        if not self.unsafe and request.method not in SAFE_METHODS:
            raise ToolError(
                f"{request.method} {request.path} was about to leave for {self.policy.base_url}, which may only be asked safely"
            )
        if not self.ownership.harmless(request):
            raise ToolError(f"{request.method} {request.path} was about to alter what this run did not create")
        answer = self.transport(request)
        done = isinstance(answer, Response) and answer.status < FIRST_ERROR and not disguised(self.policy, answer)
        self.ownership.took(request, answer, succeeded=done)
        self.broken.took(request, answer, succeeded=done)
        self.readings.note(request, answer)
        return answer
