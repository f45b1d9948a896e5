"""A minor release of a version is what its documents say they are: `info.version` of its contract, and of what is served.

From its day on a release has its own frozen contract, and clients read in its document, and in the one that the API serves, which release
they have before them. A contract that was frozen under another number, or a document that still tells the number of yesterday, names
another release than the policy does. Each release is looked at from its day on. One document that describes several versions has
one number, which is none of theirs: it is not looked at. That the service itself says the release is AV702's, what a release may change AV306's, and the shape of the served document AV305's.

Source: semver.org 2.0.0 item 7; OpenAPI 3.1 §4.8.2 (`info.version`). Silence: the release that the contract says in
`[[versions.NAME.releases]]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.core.json.pointer import lookup
from pytest_apiversion.core.policy.published_documents import document_path
from pytest_apiversion.core.versions.lifecycle import day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.policy.subjects import MinorRelease


def _current(scene: Scene) -> MinorRelease | None:
    """The release of the scene's version that is in force; None for aliases, and while there is none."""
    if scene.is_alias or not scene.stage.answers or scene.version not in scene.contracts:
        return None
    return scene.policy.versions[scene.version].current


def _promised(scene: Scene) -> str | None:
    current = _current(scene)
    return current.place if current is not None else None


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    current = _current(scene)
    if current is None:
        return None
    contract = scene.contracts[scene.version]
    return _unlike(current, lookup(contract.document, "/info/version"), contract.source)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    current, response = _current(scene), exchange.response
    if current is None or response is None or exchange.aim is not Aim.DOCUMENT or response.status not in SUCCESS:
        return None
    if _shared(scene):
        return None
    said = lookup(response.json, "/info/version")
    if not isinstance(said, str):  # YAML, as it was read to be compared; or no document, which is AV305's
        said = exchange.described.release if exchange.described is not None else None
    return None if said is None else _unlike(current, said, f"the document served at {exchange.request.path}")


def _shared(scene: Scene) -> bool:
    """Whether the document that is served for the version describes another one, too."""
    policy, as_of = scene.policy, scene.as_of
    mine = document_path(policy, scene.version, as_of)
    others = (document_path(policy, each, as_of) for each in policy.answering(as_of) if each != scene.version)
    return mine is not None and any(each is not None and each[0] == mine[0] for each in others)


def _unlike(current: MinorRelease, said: Any, what: str) -> list[Broken]:
    if said == current.release:
        return []
    return [
        Broken(
            summary=f"{what} is not of release {current.release}",
            expected=f"info.version {current.release}, which is in force since {day(current.begins)}",
            received=f"info.version {said}" if isinstance(said, str) else "no info.version",
            place=f"{current.place}.version",
        )
    ]


CHECK = Check(
    code="AV114",
    name="minor-releases",
    title="releases are what they say",
    promised=_promised,
    inspect=_inspect,
    judge=_judge,
)
