"""Looks for a thing in its list, page after page, where it must be as it is read, and for what was deleted once more where it was listed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.listed_things import listed_at, lists_identifier
from pytest_apiversion.core.contracts.names import plain_name
from pytest_apiversion.core.contracts.round_trip import (
    After,
    is_composed,
    is_link,
    listed_members,
    member_differences,
    shown_members,
)
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.shell.requests.listing import PAGES, next_query

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.shell.sequences.steps import SequenceSteps


def find_listed(sequence: SequenceSteps, first: Exchange, case: DrawnCase, path: Mapping[str, str]) -> Exchange:
    """The page that lists a thing, or the last one that was read. The pages after the first are held to no more than their contract.

    Args:
        sequence: The sequence.
        first: The first page.
        case: What was asked for it.
        path: Encoded path parameters of the list.
    """
    listing, follows, page = sequence.resource.listing, first.follows, first
    for _ in range(PAGES):
        if listing is None or follows is None or page.response is None:
            break
        if lists_identifier(page.response, follows.identifier):
            break
        query = next_query(listing, case.query, page.response)
        if query is None:
            break
        case = replace(case, query=query)
        page = replace(sequence.send(sequence.subject, listing, case, path), follows=follows)
    return page


def compare_listed(sequence: SequenceSteps, listed: Exchange, seen: Exchange) -> Exchange:
    """The page that lists a thing, which must show it as its reading does: in what was sent, and both know alike. Read once more where it does not.

    Args:
        sequence: The sequence.
        listed: The page.
        seen: The reading of the thing.
    """
    listing, follows, response = sequence.resource.listing, listed.follows, listed.response
    if listing is None or follows is None or seen.follows is None or seen.response is None or response is None:
        return listed
    read, contract = sequence.resource.read, sequence.contract(sequence.subject)
    names = {"id", plain_name(read.path_parameters[-1])}
    at = listed_at(response, follows.identifier, names) if sequence.done(listed) else None
    if at is None or not sequence.done(seen) or member_differences(seen.follows, seen.response):
        return listed
    shown = shown_members(seen.response, seen.follows.place)
    alike = listed_members(contract, listing, read, at, seen.follows)
    due = {name: value for name, value in shown.items() if name in alike and not (is_link(value) or is_composed(value))}
    follows = replace(follows, place=at, members=due)
    if member_differences(follows, response):
        time.sleep(sequence.requests.policy.sequences.settle)
        answer = sequence.requests.send(listed.request)
        again = listed_at(answer, follows.identifier, names) if isinstance(answer, Response) else None
        follows = replace(follows, place=again or "", members=follows.members if again else {})
        listed = replace(listed, answer=answer)
    told = replace(listed, follows=follows, before=sequence.writes())
    sequence.exchanges[-1] = told
    return told


def read_unlisted(sequence: SequenceSteps, delete: Exchange, listed: Exchange | None, before: Response | None) -> None:
    """Read the page that had a thing once more, which has it no longer; twice, where it takes its time.

    Args:
        sequence: The sequence.
        delete: What deleted it.
        listed: The page; None where it was in no list.
        before: What it was like when it was read for the last time.
    """
    follows, was = (listed.follows, listed.response) if listed else (None, None)
    if listed is None or follows is None or was is None or not lists_identifier(was, follows.identifier):
        return
    answer = sequence.requests.send(listed.request)
    if isinstance(answer, Response) and lists_identifier(answer, follows.identifier):
        time.sleep(sequence.requests.policy.sequences.settle)
        answer = sequence.requests.send(listed.request)
    again = replace(follows, after=After.UNLISTED, write=delete.operation, before=before)
    sequence.exchanges.append(replace(listed, answer=answer, follows=again, before=sequence.writes()))
