"""Credentials: which an operation accepts, and which others there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.policy.credentials import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.credentials import Credential
    from pytest_apiversion.core.policy.selection import Answer


def requires_credential(operation: Operation) -> bool:
    """Whether the contract asks for a credential: no empty list, and no alternative without one."""
    return bool(operation.security) and {} not in (operation.security or ())


def credentials_of(scene: Scene) -> tuple[Credential, ...]:
    """The policy's credentials for the scene's version that usual requests go with, in the order of the file."""
    return tuple(each for each in _known(scene) if not each.limited)


def limited_asks(scene: Scene, operation: Operation, kind: str, aim: Aim) -> Iterator[Ask]:
    """An operation asked once with each credential that is `used_up` or `read_only`, of those that alone open it."""
    for each in _opening(scene, operation):
        if getattr(each, kind) is not None:
            yield Ask(aim=aim, selection=scene.selection, via=primary(scene), credential=each.name, probe=each.name)


def pinned_asks(scene: Scene, operation: Operation) -> Iterator[tuple[Ask, Answer]]:
    """An operation asked without a version, with each credential whose account is pinned to one, of those that alone open it."""
    for each in _opening(scene, operation):
        if each.pinned is not None:
            yield Ask(aim=Aim.PINNED, credential=each.name, probe=each.name), each.pinned


def pinned_place(scene: Scene) -> str | None:
    """Where the policy says that some credential for the scene's version is pinned to one."""
    return next((each.pinned.place for each in _known(scene) if each.pinned is not None), None)


def missing_answer(scene: Scene, operation: str | None) -> Answer | None:
    """What a request gets that names no version: what the credential it usually goes with is pinned to, else what the policy says.

    Args:
        scene: With the operation that is asked.
        operation: The name of an operation that may have an answer of its own.
    """
    return pinned_answer(scene) or scene.policy.answer("missing", operation=operation)


def pinned_answer(scene: Scene) -> Answer | None:
    """What the credential is pinned to that the scene's operation usually goes with; None where it is not."""
    if scene.operation is None or all(each.pinned is None for each in scene.policy.credentials):
        return None
    usual = accepted_credentials(scene, scene.operation)
    if scene.operation.security is None:
        usual = tuple(each for each in credentials_of(scene) if each.name == DEFAULT)
    return next((each.pinned for each in usual if each.pinned is not None), None)


def _opening(scene: Scene, operation: Operation) -> Iterator[Credential]:
    """The credentials for the scene's version that open an operation by themselves."""
    alone = {scheme for alternative in operation.security or () if len(alternative) == 1 for scheme in alternative}
    if operation.security is None:
        alone = {DEFAULT}
    yield from (each for each in _known(scene) if each.scheme in alone)


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
