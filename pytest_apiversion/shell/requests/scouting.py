"""Looks for existing data that an operation takes: one thing after the other, until a request about one succeeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.shell.requests.building import fill
from pytest_apiversion.shell.requests.case_selection import FRESH, about_nothing, consumes, of_data, used_up

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.requests.valid_requests import Requests

Scouted = tuple[list["Exchange"], list[Mapping[str, str]]]
"""Exchanges about existing things, and what they were about."""

GONE = frozenset({404, 410})
"""RFC 9110 §15.5.5, §15.5.11."""
CREATED = frozenset({"201", "2XX"})
"""RFC 9110 §9.3.4: a PUT that creates something must answer 201."""
_TRIES = 5
"""Existing data tried where the first is not what an operation takes."""


@dataclass(kw_only=True, eq=False)
class Scouting:
    """Scouts for the operations of one policy.

    Attributes:
        requests: Builds and sends requests that should succeed.
        case: The exchange of a drawn case.
        succeeded: Whether an answer is a success.
        keep: Remembers what succeeded.
        won: What succeeded so far, by version or alias and operation.
    """

    requests: Requests
    case: Callable[[Scene, Operation, DrawnCase, Mapping[str, str], Aim], Exchange]
    succeeded: Callable[[Exchange], bool]
    keep: Callable[[Scene, Operation, DrawnCase, Mapping[str, str]], None]
    won: Mapping[tuple[str, str], tuple[DrawnCase, Mapping[str, str]]]
    _begun: dict[tuple[str, str], Scouted] = field(default_factory=dict)

    def first(self, scene: Scene, operation: Operation) -> list[Exchange]:
        """The first exchanges of an operation: about existing data, which `scouted` goes on from, else about what nobody has."""
        accepted = self.requests.drawing.soonest(scene.version, operation)[:1]
        found, tried = self.scouted(scene, operation, accepted)
        if tried:
            self._begun[scene.subject, operation.key] = found, tried
            return found
        return [
            self.case(scene, operation, case, case.path_parameters, Aim.UNKNOWN_DATA)
            for case in about_nothing(accepted, operation)
            if self.requests.harmless(operation, case.path_parameters)
        ]

    def scouted(self, scene: Scene, operation: Operation, accepted: Sequence[DrawnCase]) -> Scouted:
        """Exchanges about one existing thing after the other, until one will do (or enough are used up), and what they were about."""
        consuming = consumes(operation)
        found, tried = self._begun.pop((scene.subject, operation.key), ([], []))
        won = sum(map(self.succeeded, found))
        begun = bool(tried)
        while won < min(len(accepted), FRESH if consuming else 1) and len(tried) < _TRIES:
            if begun and not won:
                break  # what ended the search before would end it again
            values = self.requests.data.path_values(
                scene.subject, scene.version, operation, fresh=consuming, tried=tried
            )
            if values is None and tried and not consuming:  # what was known is used up or in another state
                values = self.requests.data.path_values(
                    scene.subject, scene.version, operation, fresh=True, tried=tried
                )
            if values is None:
                break
            tried.append(values)
            found.append(self.case(scene, operation, accepted[won], values, Aim.ACCEPTED))
            if self.succeeded(found[-1]):
                self.keep(scene, operation, accepted[won], values)
                won += 1
            elif not operation.path_parameters or not of_data(found[-1]):
                break
        if begun:
            return found, tried
        if not won and tried and self.requests.alters(operation):
            found = [self._doubted(scene, operation, each) for each in found]
        if not won and any(used_up(self.requests.policy, self.won, scene, operation, values) for values in tried):
            found = [replace(each, aim=Aim.UNKNOWN_DATA) if of_data(each) else each for each in found]
        return found, tried

    def _doubted(self, scene: Scene, operation: Operation, exchange: Exchange) -> Exchange:
        """An exchange about what this run is said to have created, which is not there: nothing follows from that for this operation."""
        read = self.requests.target.contracts[scene.version].operations.get(f"GET {operation.path}")
        if read is None or exchange.response is None or exchange.response.status not in GONE or exchange.case is None:
            return exchange
        case = self.requests.first(scene.version, read)
        there = case and self.case(scene, read, case, exchange.case.path_parameters, Aim.UNKNOWN_DATA)
        return exchange if there and self.succeeded(there) else replace(exchange, aim=Aim.UNKNOWN_DATA)


def replaced_alone(requests: Requests, operation: Operation, found: list[Exchange]) -> list[Exchange]:
    """Exchanges of a PUT; where its contract does not say that it creates, none that got 404 shows a thing that was there to replace."""
    if operation.method != "PUT" or CREATED & {status.upper() for status in operation.responses}:
        return found
    return [replace(each, aim=Aim.UNKNOWN_DATA) if _of_vacant(requests, operation, each) else each for each in found]


def _of_vacant(requests: Requests, operation: Operation, exchange: Exchange) -> bool:
    if exchange.response is None or exchange.response.status not in GONE or exchange.case is None:
        return False
    where = requests.ownership.located(fill(operation.path, exchange.case.path_parameters))
    return where is not None and where.ends_with_parameter and requests.ownership.vacant(where)
