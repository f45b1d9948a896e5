"""Follows the `Location` of what was created, where it names no version and the policy does not say what that gets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.judging.response_links import followed_request, link_target
from pytest_apiversion.core.policy.carrier_positions import in_address
from pytest_apiversion.shell.requests.sending import exchange_of

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.shell.sequences.steps import SequenceSteps


def follow_location(sequence: SequenceSteps, created: Exchange) -> None:
    """Ask once for the place that an answer says a thing is at, as it is written; the thing itself can be read where its version is.

    Args:
        sequence: The sequence.
        created: The exchange that created the thing.
    """
    policy, version = sequence.requests.policy, sequence.subject
    text = created.response.header("location") if created.response is not None else None
    if text is None or created.via not in policy.carriers or not in_address(policy, created.via):
        return
    pinned = any(each.pinned is not None for each in policy.credentials)
    if (
        pinned
        or policy.answer("missing") is not None
        or any(each.version == version for each in policy.aliases.values())
    ):
        return
    target = link_target(policy, created.request, text, relative=True)
    request = followed_request(policy, created.request, text, relative=True)
    read = sequence.contract(version).match("GET", target.path) if target is not None else None
    if target is None or target.texts or request is None or read is None or read.neutral:
        return
    request = sequence.requests.signed(version, read, replace(request, host=created.request.host))
    found = exchange_of(
        sequence.requests,
        sequence.scene(version),
        Aim.LOCATED,
        request,
        operation=created.operation,
        via=created.via,
    )
    sequence.exchanges.append(replace(found, before=sequence.writes()))
