"""An alias answers just as the version it stands for: the same status, media type and body.

Clients that have not moved yet are served by whatever is behind the alias; when that is another handler than the version's, it drifts. The
first reading of an operation that succeeds is asked of the version too, and so are the first write and the first refusal of each fault; where the answers differ both are asked again, and only what
differs each time, and not from one answer to the next of the same request, is held. Links may lead to where they were asked.

Source: VEL-13, VEL-16. Silence: `equivalent = false` in the alias' table, or name the place in `versioning.volatile`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim, Fault
from pytest_apiversion.core.checking.check import Check, Twin
from pytest_apiversion.core.http.response_differences import forgives_address, value_differences
from pytest_apiversion.core.http.statuses import FIRST_ERROR, FIRST_FAILURE, NOT_NOW, succeeds
from pytest_apiversion.core.judging.differential import first_success, report_differences, reported_otherwise
from pytest_apiversion.core.judging.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.core.http.response_differences import Differ


_REFUSALS = frozenset(range(FIRST_ERROR, FIRST_FAILURE)) - NOT_NOW
"""What a request gets that is wrong."""


def _promised(scene: Scene) -> str | None:
    if not scene.is_alias or not scene.stage.answers or not scene.policy.aliases[scene.subject].equivalent:
        return None
    serves = scene.policy.stage(scene.version, scene.as_of).answers
    return f"aliases.{scene.subject}.version" if serves else None


def _twins(exchanges: Sequence[Exchange], scene: Scene) -> Iterator[Twin]:
    first = first_success(exchanges, scene)
    successes = [each for each in exchanges if _succeeded(each, scene)]
    written = next((each for each in successes if each.request.method == "POST"), None)
    for each in (first, written, *(_refused(exchanges) if successes else ())):  # else AV302 says why all of them are
        if each is not None:
            yield Twin(aim=Aim.TARGET, of=each, version=scene.version, differ=_differ)


def _succeeded(exchange: Exchange, scene: Scene) -> bool:
    asked = exchange.aim is Aim.ACCEPTED and exchange.via == scene.subject and exchange.base is not None
    return asked and exchange.response is not None and succeeds(exchange.response)


def _refused(exchanges: Sequence[Exchange]) -> Iterator[Exchange]:
    """The first refusal of each fault that a request of the operation has."""
    faults: set[Fault] = set()
    for each in exchanges:
        meaning, response = each.aim.meaning, each.response
        if not meaning.contract or meaning.fault is None or meaning.fault in faults or each.base is None:
            continue
        if response is not None and response.status in _REFUSALS:
            faults.add(meaning.fault)
            yield each


def _differ(here: Request, there: Request) -> Differ:
    forgives = forgives_address(here, there)
    return lambda alias, version: value_differences(alias, version, forgives)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    comparison = exchange.comparison
    if exchange.aim is not Aim.TARGET or comparison is None:
        return None
    here, other = comparison.here, comparison.there
    refused = here.status in _REFUSALS and other.status in _REFUSALS
    if not refused and not (succeeds(here) and succeeds(other)):
        return None
    reading = read(exchange, scene)
    if reported_otherwise(exchange, scene) if not refused else reading.displaced or not reading.wears_envelope:
        return None  # AV301's, AV401's
    there, place = f"in {scene.version}", f"aliases.{scene.subject}.version"
    return report_differences(comparison.differences, f"is not as {there}", there, place)


CHECK = Check(
    code="AV309",
    name="alias-equivalent",
    title="an alias answers as its version does",
    promised=_promised,
    twins=_twins,
    judge=_judge,
)
