"""Sends one request and records it as an exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.http.messages import NoAnswer, Request, Response

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.checking.scene import Scene
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
) -> Exchange:
    """The exchange of a request: with the given answer, else with the one that it gets now."""
    if answer is None:
        request, answer = requests.exchanged(replace(request, operation=operation))
    return Exchange(
        aim=aim,
        version=scene.subject,
        via=via,
        operation=operation,
        request=request,
        answer=answer,
        as_of=requests.as_of,
        stage=scene.stage,
        lifecycle=scene.policy.lifecycle(scene.subject),
        probe=probe,
        expected_version=expected,
        peers=dict(peers or {}),
        case=case,
        base=base,
        of_nothing=of_nothing,
        secrets=requests.policy.secrets,
    )
