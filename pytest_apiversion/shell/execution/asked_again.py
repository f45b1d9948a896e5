"""What is asked again of an operation: elsewhere, to compare, and as a client asks that kept the answer or wants the next page, and where it was stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.shell.execution.conditional import conditional_exchanges
from pytest_apiversion.shell.execution.differential import twin_exchanges
from pytest_apiversion.shell.execution.further_pages import further_pages
from pytest_apiversion.shell.execution.stored_bytes import stored_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.requests.contract_requests import ContractRequests


def asked_again(
    trials: ContractRequests, scene: Scene, operation: Operation, exchanges: Sequence[Exchange]
) -> list[Exchange]:
    """Exchanges that ask once more what was asked.

    Args:
        trials: What sends.
        scene: What the exchanges are about.
        operation: Their operation.
        exchanges: What was asked.
    """
    found = conditional_exchanges(trials.requests, trials.submit, scene, operation, exchanges)
    found += stored_bytes(trials.requests, scene, operation, exchanges)
    found += further_pages(trials.requests, trials.submit, scene, operation, exchanges)
    return [*found, *twin_exchanges(trials.requests, trials.submit, scene, operation, exchanges)]
