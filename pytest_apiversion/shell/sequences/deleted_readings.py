"""Reads what was deleted as other clients do: with `HEAD`, as one that has it already and asks whether it changed, and in other versions.

These are often answered by other code than a plain reading, or by a cache that nobody told.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.contracts.round_trip import After, Follows
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.http.statuses import NOT_MODIFIED, SUCCESS
from pytest_apiversion.shell.sequences.across_versions import values_there

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.shell.sequences.steps import SequenceSteps

_CONDITIONS = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
"""What a reading says of the state of a thing, and how a client gives it back (RFC 9110 §13.1.2 and §13.1.3); the first is stronger."""


def read_otherwise(
    sequence: SequenceSteps, delete: Exchange, seen: Exchange, path: Mapping[str, str], before: Response | None
) -> None:
    """Ask so, where a plain reading says that it is gone; twice, where it takes its time.

    Args:
        sequence: The sequence.
        delete: What deleted it.
        seen: The plain reading.
        path: The path parameters that led to it.
        before: What was read for the last time when it was there; None where nothing was.
    """
    follows = Follows(
        after=After.DELETED,
        write=delete.operation,
        version=delete.version,
        identifier=unquote(path[sequence.resource.read.path_parameters[-1]]),
    )
    for request in _ways(seen.request, before):
        answer = sequence.requests.send(request)
        if isinstance(answer, Response) and (answer.status in SUCCESS or answer.status == NOT_MODIFIED):
            time.sleep(sequence.requests.policy.sequences.settle)
            answer = sequence.requests.send(request)
        aim = seen.aim if request.method == "HEAD" else Aim.UNCHANGED
        told = replace(seen, aim=aim, request=request, answer=answer, follows=follows, before=sequence.writes())
        sequence.exchanges.append(told)


def read_elsewhere(sequence: SequenceSteps, delete: Exchange, path: Mapping[str, str]) -> None:
    """Read what was deleted in the other versions that have shown it and can delete it; twice, where that takes its time.

    Args:
        sequence: The sequence.
        delete: What deleted it.
        path: The path parameters that lead to it here.
    """
    for version, reader in sequence.resource.elsewhere.items() if sequence.requests.policy.sequences.across else ():
        if f"DELETE {reader.path}" not in sequence.contract(version).operations:
            continue  # what is deleted here may be something else there: put away, or closed
        values, _ = values_there(sequence, version, reader, path)
        name = unquote(values[reader.path_parameters[-1]])
        if any(map(partial(_shown, sequence, version, reader, name), sequence.exchanges)):
            write = f"{sequence.subject} {delete.operation}"
            follows = Follows(after=After.DELETED, write=write, version=sequence.subject, identifier=name)
            sequence.twice(version, reader, values, follows)


def _shown(sequence: SequenceSteps, version: str, reader: Operation, name: str, exchange: Exchange) -> bool:
    """Whether a version showed the thing when it was there."""
    follows = exchange.follows
    mine = (exchange.version, exchange.operation) == (version, reader.key) and sequence.done(exchange)
    return mine and follows is not None and follows.after is After.ELSEWHERE and follows.identifier == name


def _ways(request: Request, before: Response | None) -> Iterator[Request]:
    """A reading with `HEAD`, and one with what the last reading said of the state."""
    yield replace(request, method="HEAD")
    told = ((name, before.header(of)) for of, name in _CONDITIONS) if before is not None else ()
    yield from (request.with_header(name, value) for name, value in [each for each in told if each[1]][:1] if value)
