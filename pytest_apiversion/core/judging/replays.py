"""Replays: one answer given to several requests, as by a cache that does not look at what names the version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.http.statuses import SUCCESS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.policy.policy import Policy

REPLAYED = "requests that name the version in different ways get one answer, as from a cache"
"""What is said of replays."""


def replayed(exchanges: Sequence[Exchange], policy: Policy) -> bool:
    """Whether exchanges whose answers share what no two answers should are one answer, given again where the version is named in another way.

    A number that is made once for the whole service is shared by unlike bodies, and at unlike addresses, too.
    """
    carriers = policy.carriers.values()
    named = {tuple(carrier.form.read(each.request, carrier) for carrier in carriers) for each in exchanges}
    answers = {
        (each.request.method, each.request.target, each.response.body)
        if each.response is not None and each.response.status in SUCCESS
        else None
        for each in exchanges
    }
    return len(named) > 1 and len(answers) == 1 and None not in answers
