"""Reads a thing after an update as a client does that kept what it was before: with the old entity tag.

A cache in front that is not told of updates, and a comparison of tags that is always true, answer 304: the client goes on with what is over
(RFC 9110 §13.1.2). A date does not show it, since it has whole seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.contracts.round_trip import After, member_differences

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.shell.sequences.steps import SequenceSteps


def read_as_kept(sequence: SequenceSteps, before: Response | None, seen: Exchange, path: Mapping[str, str]) -> None:
    """Ask so, where the update shows, and the entity tag is another one.

    Args:
        sequence: The sequence.
        before: What was read before the update.
        seen: What was read after it.
        path: The path parameters that lead to the thing.
    """
    follows, now = seen.follows, seen.response
    old = before.header("etag") if before is not None else None
    if before is None or follows is None or now is None or old is None or now.header("etag") in {None, old}:
        return
    if not sequence.done(seen) or member_differences(follows, now) or not member_differences(follows, before):
        return
    case, writes = sequence.case(sequence.subject, sequence.resource.read), sequence.writes()
    condition = ("If-None-Match", old)
    exchange = sequence.send(
        sequence.subject, sequence.resource.read, replace(case, headers=(*case.headers, condition)), path
    )
    if exchange.request.header("if-none-match") != old:  # what is known now stands there
        return
    follows = replace(follows, after=After.OUTDATED, before=before)
    sequence.exchanges[-1] = replace(exchange, aim=Aim.UNCHANGED, follows=follows, before=writes)
