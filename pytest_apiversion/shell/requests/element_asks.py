"""Requests of an operation with one of its elements that has a life of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.shell.requests.case_selection import positive
from pytest_apiversion.shell.requests.element_requests import using, without

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.contracts.elements import Element
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.shell.requests.valid_requests import Requests


def request_using(
    requests: Requests,
    scene: Scene,
    operation: Operation,
    element: Element,
    best: tuple[DrawnCase, Mapping[str, str] | None],
    base: Request,
) -> Request | None:
    """The request of an operation with an element that has a life of its own, and none beside it; None where no value of it is known.

    Args:
        requests: Builds requests.
        scene: The scene of the operation.
        operation: The operation.
        element: The element, of requests.
        best: The case and path parameters that succeeded; the first case where none did.
        base: The request of that case: what it is about stays.
    """
    case, path = best
    lives = scene.policy.elements.get(scene.version, {}).get(operation.key, ())
    plain = without(operation, case, [each for part in lives for each in part.elements])
    made = using(operation, plain, element, positive(requests.drawing.whole(scene.version, operation)))
    if made is None:
        return None
    made = (requests.varied(scene.version, operation, made) if operation.method == "POST" else None) or made
    named = path if path is not None else case.path_parameters
    return replace(requests.build(scene.subject, scene.version, operation, made, named), path=base.path)
