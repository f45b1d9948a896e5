"""The document the API publishes is the frozen contract: what clients are generated from is what they were promised.

`contract.hold = "additive"` (the default) lets it say more than the frozen one: whatever the comparison calls breaking, and the policy
does not waive, is a finding. `"same"` asks for equality in canonical form, so that not even a description differs. It is asked once for
each version that answers; after a sunset nothing is expected of it. A document for several versions is held to each of them, by the
paths that are that version's. Where `contract.covers = "newest"`, the newest version's own document and the one for all are both held.

Source: MOO-27, GIR-29. Silence: leave `contract.served` out, waive the change under `changes.waivers`, or freeze what is published with
`apiversion freeze`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.core.judging.answer_kinds import Kind
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.published_documents import document_paths
from pytest_apiversion.core.policy.publishing import Hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.contracts.described_document import Described

_SHOWN = 5
"""Changes that are told of one document; `apiversion diff` tells them all."""


def _found(scene: Scene) -> list[tuple[str, str]]:
    if scene.is_alias or not scene.stage.answers or scene.version not in scene.contracts:
        return []
    return document_paths(scene.policy, scene.version, scene.as_of)


def _promised(scene: Scene) -> str | None:
    found = _found(scene)
    return found[0][1] if found else None


def _plan(scene: Scene) -> Iterator[Ask]:
    for path, _ in _found(scene) if scene.operation is None else ():
        yield Ask(aim=Aim.DOCUMENT, path=path)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, found, described = exchange.response, _found(scene), exchange.described
    if exchange.aim is not Aim.DOCUMENT or response is None or not found or read(exchange, scene).kind is Kind.FAILURE:
        return None
    asked = [each for each in found if each[0].partition("?")[0] == exchange.request.path]
    path, place = (asked or found)[0]
    source = scene.contracts[scene.version].source
    if response.status not in SUCCESS:
        return [
            Broken(
                summary=f"the document of {scene.version} is not served at {path}",
                expected=f"200 and what is frozen in {source}",
                received=answer_text(exchange),
                place=place,
            )
        ]
    if described is None:
        return None
    if described.problem:
        return [
            Broken(
                summary=f"what is served at {path} cannot be read as the document of {scene.version}",
                expected="an OpenAPI document that describes it",
                received=described.problem,
                place=place,
            )
        ]
    return _differences(described, scene, path, place, source)


def _differences(described: Described, scene: Scene, path: str, place: str, source: str) -> list[Broken]:
    count = len(described.changes)
    if count:
        lines = [f"{change.text} ({', '.join(change.operations[:2]) or change.place})" for change in described.changes]
        more = f"; and {count - _SHOWN} more, which apiversion diff tells" if count > _SHOWN else ""
        return [
            Broken(
                summary=f"the document served at {path} breaks what is frozen as {scene.version}",
                expected=f"nothing that breaks clients of {source}",
                received=f"{count} change{'s' if count > 1 else ''}: {'; '.join(lines[:_SHOWN])}{more}",
                place=place,
            )
        ]
    if scene.policy.publishing.hold is Hold.SAME and not described.same:
        return [
            Broken(
                summary=f"the document served at {path} is not what is frozen as {scene.version}",
                expected=f"{source}, in canonical form the same",
                received=f"it differs at {', '.join(described.differs)}",
                place="contract.hold",
            )
        ]
    return []


CHECK = Check(
    code="AV305",
    name="served-document",
    title="served document is the frozen contract",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
