"""Answers that say that who asks is not known, one after the other: a write of the run itself may have switched off its credential."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from pytest_apiversion.core.http.messages import SAFE_METHODS, Response
from pytest_apiversion.core.http.statuses import ok

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import NoAnswer, Request
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.transport.sender import Record

_IN_A_ROW = 20
"""Answers with 401, one after the other, after which it is worth asking why; what checks of credentials get of one operation are fewer."""
_UNAUTHORIZED = 401


class Unauthorized:
    """The answers 401 of one service, in the order in which they came."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._write = ""

    def note(self, request: Request, answer: Response | NoAnswer) -> None:
        """Take down an answer."""
        if not isinstance(answer, Response):
            return
        with self._lock:
            if answer.status == _UNAUTHORIZED:
                self._in_a_row += 1
                return
            self._in_a_row = 0
            if request.method not in SAFE_METHODS and ok(answer):
                self._write = request.operation or f"{request.method} {request.path}"

    def beside(self, record: Callable[[Policy], Record] | None) -> Callable[[Policy], Record]:
        """What takes down the exchanges of a policy here, and where they are taken down anyway."""

        def of(policy: Policy) -> Record:
            other = record(policy) if record is not None else None

            def both(request: Request, answer: Response | NoAnswer) -> None:
                self.note(request, answer)
                if other is not None:
                    other(request, answer)

            return both

        return of

    @property
    def last_write(self) -> str:
        """The last operation that wrote and was taken; empty where none was."""
        return self._write

    def is_worth_asking(self) -> bool:
        """Whether many came in a row; they are counted anew from here on."""
        with self._lock:
            many = self._in_a_row >= _IN_A_ROW
            self._in_a_row = 0 if many else self._in_a_row
            return many
