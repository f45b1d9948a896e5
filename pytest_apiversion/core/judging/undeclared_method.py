"""Undeclared methods: a request in a method that the contract does not have on a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.policy.version_texts import spell

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.scene import Scene

_METHODS = ("PATCH", "PUT", "DELETE", "POST", "GET")


def undeclared_method(scene: Scene) -> Ask | None:
    """A request in a method that no operation has on the scene's path, asked once for each path; None where all are taken."""
    operation, via = scene.operation, primary(scene)
    if operation is None or operation.neutral:
        return None
    contract = scene.contracts[scene.version]
    if operation.method != min(contract.methods(operation.path)):
        return None
    usable = [method for method in _METHODS if scene.unsafe or method in SAFE_METHODS]
    method = next((method for method in usable if contract.match(method, operation.path) is None), None)
    if method is None:
        return None
    selection = () if scene.is_alias else ((via, spell(scene.policy, via, scene.subject)),)
    return Ask(aim=Aim.UNROUTED, selection=selection, via=via, method=method)
