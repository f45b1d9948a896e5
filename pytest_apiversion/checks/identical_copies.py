"""The declared copies of a document are the same, byte for byte: no copy is edited alone, reformatted, or left behind.

Copies that are files are compared without a request; one that the API serves is asked for, and its body compared as it was sent. Line
ends, a trailing newline and a byte order mark count. The promise stands in the column of the newest version that answers; what is to be
served from the release of a version on is not asked for before.

Source: MOO-28. Silence: leave the group out of `contract.copies`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.core.judging.answer_kinds import Kind
from pytest_apiversion.core.judging.byte_differences import byte_difference
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.published_documents import newest
from pytest_apiversion.core.policy.publishing import is_served
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    policy = scene.policy
    holds = not scene.is_alias and scene.subject == (newest(policy, scene.as_of) or list(policy.versions)[-1])
    return "contract.copies" if policy.publishing.copies and holds else None


def _plan(scene: Scene) -> Iterator[Ask]:
    if _promised(scene) is not None and scene.operation is None and scene.stage.answers:
        places = (place for _, group in _served_by_now(scene) for place in group if is_served(place))
        for place in dict.fromkeys(places):
            yield Ask(aim=Aim.COPY, path=place, probe=place)


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    groups = [[place for place in group if not is_served(place)] for group in scene.policy.publishing.copies]
    if not any(groups):
        return None
    found = []
    for number, files in enumerate(groups):
        found += [
            _broken(scene, number, f"{place} is not there", "no file")
            for place in files
            if scene.copies.get(place) is None
        ]
        there = {place: digest for place in files if (digest := scene.copies.get(place)) is not None}
        found += list(_unlike(scene, number, there, {}, scene.contents))
    return found


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    asked = {
        str(exchange.probe): exchange
        for exchange in exchanges
        if exchange.aim is Aim.COPY and exchange.response is not None and read(exchange, scene).kind is not Kind.FAILURE
    }
    if not asked:
        return None
    found = []
    for number, group in _served_by_now(scene):
        there = {place: digest for place in group if (digest := scene.copies.get(place)) is not None}
        first = dict(list(there.items())[:1])
        bodies: dict[str, bytes | None] = {place: scene.contents(place) for place in first}
        for place in group:
            exchange = asked.get(place)
            if exchange is None or exchange.response is None:
                continue
            if exchange.response.status in SUCCESS:
                bodies[place] = exchange.response.body
                first[place] = hashlib.sha256(exchange.response.body).hexdigest()
            else:
                found.append(_broken(scene, number, f"{place} is not served", answer_text(exchange), exchange))
        found += list(_unlike(scene, number, first, asked, bodies.get))
    return found


def _served_by_now(scene: Scene) -> list[tuple[int, tuple[str, ...]]]:
    """The groups, by number, without those of a contract whose version is not released."""
    versions = scene.policy.versions
    planned = {row.contract for name, row in versions.items() if scene.policy.stage(name, scene.as_of) is Stage.PLANNED}
    return [row for row in enumerate(scene.policy.publishing.copies) if planned.isdisjoint(row[1])]


def _unlike(
    scene: Scene,
    number: int,
    digests: dict[str, str],
    asked: dict[str, Exchange],
    contents: Callable[[str], bytes | None],
) -> Iterator[Broken]:
    """What differs from the first of a group, and how, where the bytes of both are at hand."""
    (first, wanted), *others = list(digests.items()) or [("", "")]
    for place, digest in others:
        if digest != wanted:
            one, copy = contents(first), contents(place)
            received = f"sha256 {digest[:12]}…, not {wanted[:12]}…"
            if one is not None and copy is not None:
                received = byte_difference(one, first, copy)
            yield _broken(scene, number, f"{place} is not {first}, byte for byte", received, asked.get(place))


def _broken(scene: Scene, number: int, summary: str, received: str, exchange: Exchange | None = None) -> Broken:
    return Broken(
        summary=summary,
        expected="every copy of the group the same",
        received=received,
        place=scene.policy.publishing.place_of(number),
        exchange=exchange,
    )


CHECK = Check(
    code="AV308",
    name="identical-copies",
    title="declared copies are identical",
    promised=_promised,
    plan=_plan,
    conclude=_conclude,
    inspect=_inspect,
)
