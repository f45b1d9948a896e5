"""Sends a write of a thing once with an entity tag that nothing has, where its contract says that such a write is refused.

Two clients that read the same state, and both write, lose what the first one wrote, unless the second is told; `If-Match` is how it asks for that
(RFC 9110 §13.1.1). What a write that ignores it alters is the sequence's own thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.contracts.round_trip import After, Follows
from pytest_apiversion.core.http.conditions import CHANGED, NO_TAG, strong_tag

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.sequences.steps import SequenceSteps

_IF_MATCH = "if-match"


def write_stale(sequence: SequenceSteps, operation: Operation, case: DrawnCase, path: Mapping[str, str]) -> bool:
    """Send a write with such a tag.

    Args:
        sequence: The sequence.
        operation: The write.
        case: What it carries; with the tag of the thing, it is accepted.
        path: Encoded path parameters.

    Returns:
        Whether it was done all the same.
    """
    names = (each.name for each in operation.parameters if each.place == "header" and each.name.lower() == _IF_MATCH)
    name, read = next(names, None), sequence.last_read(path)
    if name is None or not operation.declares(CHANGED) or read is None or strong_tag(read) is None:
        return False
    before = sequence.writes()
    others = tuple(pair for pair in case.headers if pair[0].lower() != _IF_MATCH)
    exchange = sequence.send(sequence.subject, operation, replace(case, headers=(*others, (name, NO_TAG))), path)
    if exchange.request.header(name) != NO_TAG:  # the policy says what stands there
        sequence.exchanges.pop()
        return sequence.done(exchange)
    *_, identifier = path.values()
    follows = Follows(after=After.STALE, write=operation.key, version=sequence.subject, identifier=unquote(identifier))
    sequence.exchanges[-1] = replace(exchange, aim=Aim.STALE, follows=follows, before=before)
    return sequence.done(exchange)
