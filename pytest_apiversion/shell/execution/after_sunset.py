"""Holds operations after their sunset: a whole version's, or one that ends while its version lives on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_apiversion.shell.catalogue.entries import planned
from pytest_apiversion.shell.execution.judging import Tallies, judge
from pytest_apiversion.shell.execution.time_limit import OutOfTimeError
from pytest_apiversion.shell.requests.case_selection import heard
from pytest_apiversion.shell.requests.sunset_pointers import inherited, pointed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.shell.requests.contract_requests import ContractRequests


class AfterSunset(NamedTuple):
    """What was found of operations after their sunset, and whether there was time for all of them."""

    findings: list[Finding]
    tallies: Tallies
    exchanges: list[Exchange]
    notes: tuple[str, ...]
    reached: bool


def after_sunset(trials: ContractRequests, scenes: Iterable[Scene], reproduce: Callable[[Request], str]) -> AfterSunset:
    """Hold operations that have come to their end.

    Args:
        trials: What sends.
        scenes: The version or alias, and one operation of it each.
        reproduce: Writes a request as a line to paste.
    """
    findings: list[Finding] = []
    tallies = Tallies()
    exchanges: list[Exchange] = []
    notes: dict[str, None] = {}
    followed: set[str] = set()
    reached = True
    for scene in scenes:
        if scene.operation is None:
            continue
        try:
            asked = trials.probing.asks(scene, scene.operation, planned(scene))
            more, elsewhere = pointed(trials.requests, scene, asked, followed)
            more += inherited(trials.requests, scene, scene.operation)
        except OutOfTimeError:
            reached = False
            break
        found, away = heard(scene.policy, [*asked, *more])
        notes |= dict.fromkeys((*away, *elsewhere))
        said, counted = judge(found, scene, reproduce)
        findings += said
        tallies.take(counted)
        exchanges += found
    return AfterSunset(findings, tallies, exchanges, tuple(notes), reached)
