"""Differential requests: asks a twin (carrier, alias, version) the same, and compares the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.exchange import Comparison
from pytest_apiversion.core.http.messages import NoAnswer, Response
from pytest_apiversion.core.http.response_differences import Difference, steady_differences
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.selection import select
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.data.identifier_forms import as_called_in
from pytest_apiversion.shell.execution.judging import promised
from pytest_apiversion.shell.requests.building import plainly

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.check import Twin
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.shell.requests.valid_requests import Requests

_THERE, _HERE = True, False
_ORDER = (_THERE, _HERE, _HERE, _THERE)
"""Who is asked until the two agree, or it is beyond doubt that they do not. One is asked twice in a row: two servers that take turns behind
one address would otherwise each answer one side."""


def twin_exchanges(
    requests: Requests,
    submit: Callable[..., Future[Any]],
    scene: Scene,
    operation: Operation,
    exchanges: Sequence[Exchange],
) -> list[Exchange]:
    """What the checks want to be asked elsewhere too, asked; an exchange each, with what came of it.

    Args:
        requests: Signs and sends.
        submit: Runs a function beside others, within the limits of the run.
        scene: What the exchanges are about.
        operation: Their operation.
        exchanges: What was asked.
    """
    wanted = [
        twin
        for check in checks()
        if check.twins is not None and promised(check, scene)
        for twin in check.twins(exchanges, scene)
    ]
    futures = [submit(_held, requests, scene, operation, twin) for twin in wanted]
    return [exchange for future in futures if (exchange := future.result()) is not None]


def _held(requests: Requests, scene: Scene, operation: Operation, twin: Twin) -> Exchange | None:
    """The exchange with its comparison; None where it cannot be asked elsewhere, or another version gives no answer."""
    if twin.of.base is None or not isinstance(twin.of.answer, Response):
        return None
    base = replace(twin.of.base, query=(*twin.of.base.query, *twin.query))
    there = _elsewhere(requests, scene, operation, twin, base)
    if not all(map(requests.ownership.harmless, (there, twin.of.request))):
        return None
    found = _compared(requests, scene, twin, twin.of.answer, there)
    if twin.version is None:
        about = replace(twin.of, aim=twin.aim, via=twin.via, request=there, before=(*twin.of.before, twin.of.request))
        return replace(about, answer=found) if isinstance(found, NoAnswer) else _with(about, found.there, found)
    return (
        None
        if isinstance(found, NoAnswer)
        else _with(replace(twin.of, aim=twin.aim, before=(*twin.of.before, there)), found.here, found)
    )


def _with(exchange: Exchange, answer: Response, comparison: Comparison) -> Exchange:
    return replace(exchange, answer=answer, comparison=comparison)


def _elsewhere(requests: Requests, scene: Scene, operation: Operation, twin: Twin, base: Request) -> Request:
    """The request as it is asked elsewhere, with credentials where it was asked with some."""
    policy = requests.policy
    if twin.same_thing and twin.version is not None:
        base = as_called_in(policy, operation, base, scene.version, twin.version)
    if twin.via:
        request = select(base, policy, [(twin.via, spell(policy, twin.via, twin.version or scene.version))])
    else:
        request = plainly(policy, twin.version or scene.version, operation, base)
    return requests.signed(twin.version or scene.version, operation, request) if twin.of.request.secrets else request


def _compared(requests: Requests, scene: Scene, twin: Twin, first: Response, request: Request) -> Comparison | NoAnswer:
    """Both requests asked until they agree or it is beyond doubt that they do not; or why one has no answer."""
    here, there = [first], list[Response]()
    differ, found = twin.differ(twin.of.request, request), dict[str, Difference]()
    for other in _ORDER:
        answer = requests.send(request if other else twin.of.request)
        if isinstance(answer, NoAnswer):
            return answer
        (there if other else here).append(answer)
        found = steady_differences(here, there, differ, scene.policy.volatile)
        if not found:
            break
    return Comparison(version=twin.version or scene.version, here=here[-1], there=there[-1], differences=found)
