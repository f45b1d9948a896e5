"""One strong entity tag never stands for the representations of two versions at one URL.

Where a header names the version, two versions share a URL, and what they answer are representations of one resource. A cache, or a client that
moves to the next version, sends the tag it holds: with one tag for both it is told 304 and goes on with the body of the other version,
or its `If-Match` passes for a state it never saw. So what a reading answered with a strong tag is asked of the version before too; where
both have the same tag, they have the same body. `Vary` does not excuse it: a strong tag tells negotiated representations apart (RFC 9110
§8.8.3.3). A version in the path, the query or the host makes another resource, whose tags are its own, and is not held; where another
carrier stands in a header, both versions are asked through the strongest of these. A weak tag (`W/`) promises no equal bytes. What changes
from one answer of the same version to the next does not count, and a reading without a strong tag keeps the promise.

A 304 says the tag that its 200 had: without it a cache that keeps the answers of several versions cannot tell which of them is still good. That is a
warning.

Source: RFC 9110 §8.8.1, §8.8.3, §15.4.5; RFC 9111 §4.3.4. Silence: a weak tag, or a waiver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check, Twin
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.http.conditions import strong_tag
from pytest_apiversion.core.http.response_differences import Difference, value_differences
from pytest_apiversion.core.http.statuses import NOT_MODIFIED
from pytest_apiversion.core.judging.differential import first_success, reported_otherwise
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.served_version import echo_text
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.carrier_positions import in_address
from pytest_apiversion.core.policy.version_texts import echoes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Request, Response
    from pytest_apiversion.core.http.response_differences import Differ, Differences

_PLACE = "ETag"
_OK = 200
_SHOWN = 80
"""Characters of a body that are told."""


def _before(scene: Scene) -> list[str]:
    """The versions that answer and come before the scene's, the nearest first."""
    answering = scene.policy.answering(scene.as_of)
    if scene.is_alias or scene.subject not in answering:
        return []
    return list(reversed(answering[: answering.index(scene.subject)]))


def _promised(scene: Scene) -> str | None:
    return "versioning.carriers" if _before(scene) and _shared(scene) else None


def _shared(scene: Scene) -> str | None:
    """The strongest carrier that leaves the URL as it is, so that versions share it; None where there is none."""
    return next((kind for kind in scene.policy.carriers if not in_address(scene.policy, kind)), None)


def _strong(response: Response) -> str | None:
    """The strong entity tag of a reading; None where it has none."""
    return strong_tag(response) if response.status == _OK else None


def _twins(exchanges: Sequence[Exchange], scene: Scene) -> Iterator[Twin]:
    via = _shared(scene) or ""
    first = first_success(exchanges, scene, via)
    if _promised(scene) is None or first is None or first.response is None or _strong(first.response) is None:
        return
    for version in _before(scene):
        operation = scene.operation_named(version, first.operation)
        if operation is not None and not operation.neutral:
            yield Twin(aim=Aim.TAGGED, of=first, version=version, via=via, differ=_differ)
            return


def _differ(_here: Request, _there: Request) -> Differ:
    return _one_tag


def _one_tag(mine: Response, other: Response) -> Differences:
    """What two bodies differ in that share a tag; nothing where they are equal, or have tags of their own."""
    tag = _strong(mine)
    if tag is None or tag != _strong(other) or mine.body == other.body:
        return {}
    found = value_differences(mine, other, lambda _mine, _other: False)
    return found or {_PLACE: Difference(mine=mine.text, other=other.text)}


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    comparison = exchange.comparison
    if exchange.aim.meaning.contract and exchange.aim.meaning.fault is None:
        return _alone(exchange, scene)
    if exchange.aim is not Aim.TAGGED or comparison is None or reported_otherwise(exchange, scene):
        return None
    served = echo_text(scene.policy, comparison.there)
    if served is not None and echoes(scene.policy, served) != comparison.version:
        return None  # another version's answer: AV210's
    if _strong(comparison.there) is None:
        return None
    if not comparison.differences:
        return ()
    here, there = comparison.here, comparison.there
    return [
        Broken(
            summary=f"one strong entity tag stands for the representations of {comparison.version} and {scene.version}",
            expected=f"another ETag than that of {comparison.version}, whose body is another, or a weak one (RFC 9110 §8.8.3)",
            received=f"ETag: {_strong(here)} for {_short(here.text)} and, in {comparison.version}, for {_short(there.text)}",
            place="versioning.carriers",
        )
    ]


def _alone(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    """What a reading shows by itself: that it has no strong tag; or, as a 304, whether it says the tag of the answer that it stands for."""
    answer, known = read(exchange, scene).own_answer, exchange.peers.get(exchange.version)
    if exchange.request.method != "GET" or exchange.via != _shared(scene) or answer is None:
        return None
    if exchange.aim is Aim.ACCEPTED:
        return () if answer.status == _OK and _strong(answer) is None else None
    tag = known.header("etag") if known is not None else None
    if answer.status != NOT_MODIFIED or tag is None:
        return None
    if answer.header("etag") is not None:
        return ()
    return [
        Broken(
            summary="a 304 has no entity tag, though its 200 has one",
            expected=f"ETag: {tag}, as its 200 says (RFC 9110 §15.4.5)",
            received=answer_text(exchange),
            place="versioning.carriers",
            severity=Severity.WARNING,
        )
    ]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


CHECK = Check(
    code="AV224",
    name="entity-tag",
    title="an entity tag stands for one version",
    promised=_promised,
    twins=_twins,
    judge=_judge,
)
