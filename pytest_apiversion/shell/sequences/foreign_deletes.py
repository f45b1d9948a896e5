"""Sends the `DELETE` that only another version has, about the sequence's own thing: a version does not take what its contract does not have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.contracts.path_values import bare
from pytest_apiversion.shell.requests.building import fill, plainly
from pytest_apiversion.shell.requests.sending import exchange_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.sequences.steps import SequenceSteps

_CREATED = 201
"""RFC 9110 §15.3.2."""


def delete_as_elsewhere(sequence: SequenceSteps, created: Exchange, path: Mapping[str, str]) -> None:
    """Send each `DELETE` of the thing that other versions have and this one has not; nothing where the thing may not be this run's own.

    Args:
        sequence: The sequence, whose thing is there.
        created: The exchange that created it; an answer other than 201 may show what was there before.
        path: The path parameters of the thing.
    """
    requests, subject = sequence.requests, sequence.subject
    if not requests.policy.isolated or created.response is None or created.response.status != _CREATED:
        return
    for version, foreign in _foreign(sequence):
        values = sequence.like(foreign, path)
        if not requests.ownership.things.owns(fill(foreign.path, values)):
            continue
        request = requests.build(subject, subject, foreign, sequence.case(version, foreign), values)
        request = requests.signed(subject, foreign, plainly(requests.policy, subject, foreign, request))
        scene = sequence.scene(subject)
        exchange = exchange_of(
            requests,
            scene,
            Aim.FOREIGN,
            request,
            operation=sequence.resource.read.key,
            via=primary(scene),
            probe=f"{foreign.key} of {version}",
        )
        sequence.exchanges.append(replace(exchange, before=sequence.writes()))


def _foreign(sequence: SequenceSteps) -> Iterator[tuple[str, Operation]]:
    """The deletions of other released versions where the thing is read here or there, each with its version, the newest first."""
    policy, contracts, read = sequence.requests.policy, sequence.requests.target.contracts, sequence.resource.read
    own, seen = sequence.contract(sequence.subject), set[str]()
    for version in reversed(sequence.scene(sequence.subject).released(but=sequence.subject)):
        counterpart = policy.counterpart(read.key, sequence.subject, version) or read.key
        places = {bare(read.path), bare(counterpart.partition(" ")[2])}
        for each in contracts[version].operations.values() if version in contracts else ():
            rule = policy.operations.get(each.key)
            if each.method != "DELETE" or bare(each.path) not in places or bare(each.path) in seen:
                continue
            if each.neutral or (rule is not None and rule.skip) or own.match("DELETE", each.path) is not None:
                continue
            seen.add(bare(each.path))
            yield version, each
