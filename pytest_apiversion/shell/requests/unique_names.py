"""Sends once more, under names nobody has, what met something that is there: a name may have to be unique."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.shell.data.identifiers import unlikely
from pytest_apiversion.shell.generation.body_values import renewed
from pytest_apiversion.shell.requests.case_selection import about_nothing, conflicts, positive

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.requests.valid_requests import Requests

TAKEN = frozenset({409, 422})
"""Refusals of a name that somebody has (RFC 9110 §15.5.10, §15.5.21)."""
_DIGITS = 8
"""Of a number that nothing is called by."""
_IN_VAIN = 2
"""Requests of one operation for which no fresh name is found."""
_NAMES = 3
"""Names of one request that are tried: where little of a name can be another, somebody may have the new one too."""


def cure(
    requests: Requests,
    version: str,
    operation: Operation,
    found: list[Exchange],
    *,
    send: Callable[[DrawnCase], Exchange],
    succeeded: Callable[[Exchange], bool],
) -> None:
    """Put what a fresh name makes succeed in the place of what was refused, whatever else a request is about: its limits, its nulls.

    What was refused is kept at the end, as a request about data that may be in another state.

    Args:
        requests: Makes fresh names.
        version: Whose contract applies.
        operation: The operation.
        found: Exchanges of the operation; changed in place.
        send: Sends a case.
        succeeded: Whether an exchange is a success.
    """
    failures, refused = 0, []
    for index, exchange in enumerate(found):
        if exchange.aim is not Aim.ACCEPTED or not taken(exchange) or exchange.case is None or failures == _IN_VAIN:
            continue
        if succeeded(exchange):  # the contract calls such a status a success
            continue
        cured = _under_another(requests, version, operation, exchange.case, send, succeeded)
        if cured is not None:
            found[index] = cured
            refused.append(replace(exchange, aim=Aim.UNKNOWN_DATA))
        else:
            failures += 1
    found += refused


def _under_another(
    requests: Requests,
    version: str,
    operation: Operation,
    case: DrawnCase,
    send: Callable[[DrawnCase], Exchange],
    succeeded: Callable[[Exchange], bool],
) -> Exchange | None:
    """The success of a case under a name that nobody has; None where there is none."""
    for _ in range(_NAMES):
        if (other := afresh(requests, version, operation, case)) is None:
            return None
        exchange = send(other)
        if succeeded(exchange):
            return exchange
        if not taken(exchange):
            return None
        requests.token.renew()
    return None


def taken(exchange: Exchange) -> bool:
    """Whether somebody seems to have a name that was sent."""
    response = exchange.response
    return response is not None and (response.status in TAKEN or conflicts(response))


def afresh(requests: Requests, version: str, operation: Operation, case: DrawnCase) -> DrawnCase | None:
    """The case under a name nobody has, of the same length and kind: of a `PUT` the path's, of a `POST` the body's; else None."""
    if operation.method == "PUT" and operation.path.rstrip("/").endswith("}"):
        last = operation.path_parameters[-1]
        text = requests.unused(version, operation, last, case.path_parameters.get(last, ""))
        return None if text is None else replace(case, path_parameters={**case.path_parameters, last: text})
    return requests.varied(version, operation, case, renewed) if operation.method == "POST" else None


def path_to_nothing(requests: Requests, version: str, operation: Operation) -> Mapping[str, str] | None:
    """A path that names nothing, as far as a drawn one can be made such; None where the operation has no path parameters.

    What is drawn first nearly always does; the rest is drawn where that could name something by chance, and do harm.
    """
    few = [case for case in requests.drawing.few(version, operation) if case.origin != "example"]
    if few and operation.path_parameters:
        path = _unused_path(requests, version, operation, few[-1].path_parameters)
        if operation.method in SAFE_METHODS or unlikely(path[operation.path_parameters[-1]]):
            return path
    others = about_nothing(positive(requests.cases(version, operation)), operation) if operation.path_parameters else []
    return _unused_path(requests, version, operation, others[-1].path_parameters) if others else None


def _unused_path(requests: Requests, version: str, operation: Operation, path: Mapping[str, str]) -> Mapping[str, str]:
    """A drawn path, with a name that nobody has where its own could be somebody's."""
    last = operation.path_parameters[-1]
    if unlikely(path[last]):
        return path
    text = requests.unused(version, operation, last, path[last])
    if text is None and path[last].isdecimal():
        text = f"9{path[last].zfill(_DIGITS)}"  # more than the contract allows, and what any router takes for a number
    return path if text is None else {**path, last: text}
