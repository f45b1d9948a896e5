"""Waits, within a bound, for the end of what an answer 202 began: reads its status until that is no longer on its way."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.http.retry_after import asked_pause

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.shell.sequences.steps import SequenceSteps

_FIRST = 0.1
"""Seconds before the status is read for the second time; twice as many before each later one."""
_STATES = frozenset({"status", "state", "phase"})
"""Members that say how far something is."""
_ON_ITS_WAY = frozenset(
    {
        *(
            "accepted",
            "creating",
            "enqueued",
            "executing",
            "initializing",
            "notstarted",
            "open",
            "pending",
            "processing",
        ),
        *("provisioning", "queued", "requested", "running", "scheduled", "started", "starting", "submitted", "waiting"),
        *("inprogress", "inqueue", "new", "updating", "deleting", "validating", "preparing", "active", "working"),
    }
)
"""What such a member says before the end, in lower case and letters only."""
_DEEPEST = 3
_NOT_YET = frozenset({202, 404})


def await_end(sequence: SequenceSteps, path: Mapping[str, str]) -> None:
    """Read what was begun until it has ended, for as long as the policy says; what is read is held to the contract like any answer.

    Args:
        sequence: Whose thing it is; says in a note where the end did not come.
        path: The path parameters of its status.
    """
    read, bound = sequence.resource.read, sequence.requests.policy.sequences.wait
    end, pause = time.monotonic() + bound, _FIRST
    while True:
        exchange = sequence.send(sequence.subject, read, sequence.case(sequence.subject, read), path)
        answer = exchange.response
        if answer is None or not is_on_its_way(answer):
            return
        pause = min(max(pause, asked_pause(answer, now=time.time()) or 0.0), end - time.monotonic())
        if pause <= 0:
            break
        time.sleep(pause)
        pause *= 2
    if bound:
        sequence.notes.append(f"{sequence.resource.create.key} had not ended after {bound:g} s: give [sequences] wait")


def is_on_its_way(answer: Response) -> bool:
    """Whether an answer of a status says that the end is to come: it is not there yet, asks for patience, or names such a state."""
    if answer.status in _NOT_YET:
        return True
    if not 200 <= answer.status < 300:  # noqa: PLR2004  RFC 9110 §15.3
        return False
    return answer.header("retry-after") is not None or any(_states(answer.json, _DEEPEST))


def _states(value: Any, depth: int) -> list[bool]:
    """Whether each member that says how far something is says that it is on its way, of the first level that has any."""
    if not isinstance(value, Mapping) or not depth:
        return []
    mine = [each for name, each in value.items() if name.lower() in _STATES and isinstance(each, str)]
    if mine:
        return ["".join(filter(str.isalpha, each.lower())) in _ON_ITS_WAY for each in mine]
    return [each for part in value.values() for each in _states(part, depth - 1)]
