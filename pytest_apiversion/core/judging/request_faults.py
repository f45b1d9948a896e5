"""Requests with a fault beside their version: no credential, a body that is none, a path nobody has, a method the contract does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.core.judging.credentials import accepted_credentials, requires_credential
from pytest_apiversion.core.policy.carrier_positions import prefix_carrier

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.policy.selection import Answer

FAULTS: Mapping[str, str] = {
    "credentials": "a request without a credential",
    "validation": "a body that is none",
    "routing": "a path that nobody has",
}
"""What an answer may go before, and what a request is like that shows it."""
_NOBODYS = "no-such-route-here"
_METHODS = ("PATCH", "PUT", "DELETE", "POST", "GET")


def faults_of(scene: Scene, operation: Operation, before: Collection[str]) -> Iterator[str]:
    """The faults, of those that an answer goes before, with which an operation can be asked; a path nobody has is asked for once a version."""
    sendable = scene.unsafe or operation.method in SAFE_METHODS
    if operation.neutral:
        return
    if (
        "credentials" in before
        and sendable
        and requires_credential(operation)
        and accepted_credentials(scene, operation)
    ):
        yield "credentials"
    if "validation" in before and sendable and operation.body_media_types:
        yield "validation"
    if "routing" in before and operation.key == _first(scene):
        yield "routing"


def _first(scene: Scene) -> str | None:
    """The operation that speaks for its version: the first that belongs to it."""
    operations = scene.contracts[scene.version].asked
    return scene.once("first operation", lambda: next((each.key for each in operations if not each.neutral), None))


def with_fault(scene: Scene, ask: Ask, fault: str) -> Ask:
    """A request that has another fault, too."""
    return replace(
        ask,
        fault=fault,
        anonymous=fault == "credentials",
        body=b"{" if fault == "validation" else None,
        path=stray_path(scene) if fault == "routing" else None,
        method="GET" if fault == "routing" else None,
    )


def with_faults(scene: Scene, answer: Answer, ask: Ask) -> Iterator[Ask]:
    """A request with a wrong version, and with each fault that its rejection goes before."""
    yield ask
    if scene.operation is not None:
        yield from (with_fault(scene, ask, fault) for fault in faults_of(scene, scene.operation, answer.before))


def undeclared_method(scene: Scene) -> Ask | None:
    """A request in a method that no operation has on the scene's path, asked once for each path; None where all are taken."""
    operation = scene.operation
    if operation is None or operation.neutral:
        return None
    contract = scene.contracts[scene.version]
    if scene.once("first of each path", lambda: _first_of_each_path(contract))[operation.path] != operation.key:
        return None
    usable = [method for method in _METHODS if scene.unsafe or method in SAFE_METHODS]
    method = next((method for method in usable if contract.match(method, operation.path) is None), None)
    if method is None:
        return None
    return Ask(aim=Aim.UNROUTED, selection=scene.selection, via=primary(scene), method=method)


def _first_of_each_path(contract: Contract) -> dict[str, str]:
    """By path, the operation that speaks for it: the first that is asked, of its first method."""
    found: dict[str, str] = {}
    for each in sorted(contract.asked, key=lambda each: each.method):
        found.setdefault(each.path, each.key)
    return found


def stray_path(scene: Scene) -> str:
    """A path that nobody has, where the API would route it: `/v1/no-such-route-here` where all its paths begin with `/v1`.

    Where the path names the version, that is below the version. Elsewhere it is below the first segment that all paths have in common, or
    the last of those that only look like a version: what is beside belongs to another application on the same server.
    """
    return scene.once("stray path", lambda: _stray(scene))


def _stray(scene: Scene) -> str:
    contract, common = scene.contracts[scene.version], [""]
    if prefix_carrier(scene.policy) is None:
        paths = [each.path.split("/")[1:-1] for each in contract.operations.values() if not each.neutral]
        alike = takewhile(lambda parts: len(set(parts)) == 1, zip(*paths, strict=False))
        shared = [parts[0] for parts in alike]
        last = max((index for index, part in enumerate(shared) if part in scene.policy.decoys), default=0)
        common += shared[: last + 1] if not any("{" in part for part in shared[: last + 1]) else []
    while len(common) > 1 and any(contract.match(method, "/".join((*common, _NOBODYS))) for method in _METHODS):
        common.pop()
    return "/".join((*common, _NOBODYS))
