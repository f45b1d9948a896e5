"""Sends one request and records it as an exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
from pytest_apiversion.core.judging.element_use import life_in, used_parts

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.policy.parts import Part
    from pytest_apiversion.shell.requests.valid_requests import Requests


def exchange_of(
    requests: Requests,
    scene: Scene,
    aim: Aim,
    request: Request,
    *,
    operation: str,
    via: str,
    probe: str | None = None,
    expected: str | None = None,
    peers: Mapping[str, Response] | None = None,
    answer: Response | NoAnswer | None = None,
    case: DrawnCase | None = None,
    base: Request | None = None,
    of_nothing: bool = False,
    fault: str = "",
    elements: tuple[Part, ...] = (),
) -> Exchange:
    """The exchange of a request: with the given answer, else with the one that it gets now."""
    if answer is None:
        request, answer = requests.exchanged(replace(request, operation=operation))
    response = answer if isinstance(answer, Response) else None
    used = elements or used_parts(scene, scene.operation_named(scene.version, operation), request, response)
    life = life_in(scene, used)
    return Exchange(
        aim=aim,
        version=scene.subject,
        via=via,
        operation=operation,
        request=request,
        answer=answer,
        as_of=requests.as_of,
        stage=life.stage(requests.as_of),
        lifecycle=life,
        probe=probe,
        expected_version=expected,
        peers=dict(peers or {}),
        case=case,
        base=base,
        of_nothing=of_nothing,
        fault=fault,
        elements=used,
        secrets=requests.policy.secrets,
    )
