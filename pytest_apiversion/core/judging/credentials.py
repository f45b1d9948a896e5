"""Credentials: which an operation accepts, and which others there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.policy.credentials import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.aim import Aim
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.credentials import Credential


def requires_credential(operation: Operation) -> bool:
    """Whether the contract asks for a credential: no empty list, and no alternative without one."""
    return bool(operation.security) and {} not in (operation.security or ())


def credentials_of(scene: Scene) -> tuple[Credential, ...]:
    """The policy's credentials for the scene's version that usual requests go with, in the order of the file."""
    return tuple(each for each in _known(scene) if not each.limited)


def limited_asks(scene: Scene, operation: Operation, kind: str, aim: Aim) -> Iterator[Ask]:
    """An operation asked once with each credential that is `used_up` or `read_only`, of those that alone open it."""
    alone = {scheme for alternative in operation.security or () if len(alternative) == 1 for scheme in alternative}
    if operation.security is None:
        alone = {DEFAULT}
    for each in _known(scene):
        if getattr(each, kind) is not None and each.scheme in alone:
            yield Ask(aim=aim, selection=scene.selection, via=primary(scene), credential=each.name, probe=each.name)


def limited_place(scene: Scene, kind: str) -> str | None:
    """Where the policy says that some credential for the scene's version is `used_up` or `read_only`."""
    answers = (getattr(each, kind) for each in _known(scene))
    return next((answer.place for answer in answers if answer is not None), None)


def _known(scene: Scene) -> tuple[Credential, ...]:
    return tuple(each for each in scene.policy.credentials if each.versions is None or scene.version in each.versions)


def accepted_credentials(scene: Scene, operation: Operation) -> tuple[Credential, ...]:
    """The credentials of the first alternative that the policy has in full; none where it has none."""
    mine = credentials_of(scene)
    for alternative in operation.security or ():
        chosen = [next((each for each in mine if each.scheme == scheme), None) for scheme in alternative]
        if chosen and all(chosen):
            return tuple(each for each in chosen if each is not None)
    return ()


def unaccepted_credentials(scene: Scene, operation: Operation) -> tuple[Credential, ...]:
    """The credentials that open other operations of the version and none of this one's alternatives, one for each scheme."""
    taken = {scheme for alternative in operation.security or () for scheme in alternative}
    operations = scene.contracts[scene.version].operations.values()
    known = scene.once(
        "schemes",
        lambda: frozenset(
            scheme for other in operations for alternative in other.security or () for scheme in alternative
        ),
    )
    values = {_values(each) for each in credentials_of(scene) if each.scheme in taken}
    found: dict[str, Credential] = {}
    for each in credentials_of(scene):
        if each.scheme in known - taken and each.name != DEFAULT and _values(each) not in values:
            found.setdefault(each.scheme, each)
    return tuple(found.values())


def _values(credential: Credential) -> frozenset[str]:
    return frozenset(each.value for each in credential.fields)
