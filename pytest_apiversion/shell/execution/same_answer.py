"""What answers everything alike: a service that is down, a page in front of it, or another server altogether."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
from pytest_apiversion.shell.execution.plain_requests import NOWHERE, Asked, few

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.secrets import Secrets

_ENOUGH = 3
"""Paths that must answer alike."""
_WORDS = 160
"""Characters of an answer that are shown."""
_TOO_MANY, _FAILED = 429, 500
_WORD = re.compile(rb"[0-9A-Za-z][0-9A-Za-z:.+-]{3,}")
_DIGITS = frozenset(b"0123456789")


def is_strange(operation: Operation, answer: Response) -> bool:
    """Whether an answer says nothing of the operation: a failure, a 429, or a success whose body is none that its contract declares."""
    if answer.status == _TOO_MANY or answer.status >= _FAILED:
        return True
    declared = operation.response(answer.status)
    if answer.status // 100 != 2 or declared is None or not declared.bodies:  # noqa: PLR2004  successes
        return False
    return not answer.body or declared.body(answer.media_type) is None


def always_the_same(
    found: list[Asked], send: Callable[[Request], Response | NoAnswer], secrets: Secrets, again: str
) -> str | None:
    """One sentence where several paths, and one that nobody has, all get the same answer; None elsewhere.

    Args:
        found: What was asked, with strange answers.
        send: Sends one more request.
        secrets: What is not shown of the answer.
        again: How to repeat the first request.

    Raises:
        ServiceUnreachable: The service is gone.
    """
    first = found[0]
    kind = _kind(first.answer)
    if len({each.operation.path for each in found}) < _ENOUGH or any(_kind(each.answer) != kind for each in found):
        return None
    nothing = replace(first.request, path=first.prefix + NOWHERE)
    answer = send(nothing)
    if not isinstance(answer, Response) or _kind(answer) != kind:
        return None
    media = f" ({first.answer.media_type})" if first.answer.media_type else ""
    said = " ".join(secrets.beginning(first.answer.text, _WORDS).split())
    what = f"it says: {said}" if said else "the body is empty"
    return (
        f"whatever is asked gets the same {first.answer.status}{media}: {few(found)}, and a path that nobody has "
        f"(GET {nothing.path}); the service is down, is another one, or something in front of it answers; {what}{again}"
    )


def _kind(answer: Response) -> tuple[int, str, bytes]:
    """What is the same of two answers that differ by when they were given."""
    return answer.status, answer.media_type, _WORD.sub(_lasting, answer.body)


def _lasting(word: re.Match[bytes]) -> bytes:
    """A word that is the same in each answer; nothing of times and names of requests, which have digits."""
    return word[0] if _DIGITS.isdisjoint(word[0]) else b""
