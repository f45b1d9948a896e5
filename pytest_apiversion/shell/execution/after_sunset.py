"""Holds one operation after its sunset: of a whole version that ended, or one that ended while its version lives on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_apiversion.shell.catalogue.entries import planned
from pytest_apiversion.shell.execution.judging import Tallies, judge
from pytest_apiversion.shell.requests.case_selection import heard
from pytest_apiversion.shell.requests.sunset_pointers import inherited, pointed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.shell.requests.contract_requests import ContractRequests


class AfterSunset(NamedTuple):
    """What was found of an operation after its sunset."""

    findings: list[Finding]
    tallies: Tallies
    exchanges: list[Exchange]
    notes: tuple[str, ...]


def sunset_label(operation: Operation) -> str:
    """What the item of an operation of a version that ended is called."""
    return f"sunset[{operation.key}]"


def after_sunset(
    trials: ContractRequests, scene: Scene, operation: Operation, reproduce: Callable[[Request], str]
) -> AfterSunset:
    """Hold an operation that has come to its end.

    Args:
        trials: What sends.
        scene: The version or alias, and the operation.
        operation: The operation.
        reproduce: Writes a request as a line to paste.

    Raises:
        OutOfTimeError: The time was over before all of it was asked.
    """
    asked = trials.probing.asks(scene, operation, planned(scene))
    more, elsewhere = pointed(trials.requests, scene, asked, trials.pointed)
    more += inherited(trials.requests, scene, operation)
    found, away = heard(scene.policy, [*asked, *more])
    said, counted = judge(found, scene, reproduce)
    return AfterSunset(said, counted, found, tuple(dict.fromkeys((*away, *elsewhere))))
