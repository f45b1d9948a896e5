"""An alias answers just as the version it stands for: the same status, media type and body.

Clients that have not moved yet are served by whatever is behind the alias; when that is another handler than the version's, it drifts. The
first reading of an operation that succeeds is asked of the version too; where the answers differ both are asked again, and only what
differs each time, and not from one answer to the next of the same request, is held. Links may lead to where they were asked.

Source: VEL-13, VEL-16. Silence: `equivalent = false` in the alias' table, or name the place in `versioning.volatile`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.check import Check, Twin
from pytest_apiversion.core.checking.exchange import Aim
from pytest_apiversion.core.http.response_differences import readdressed, unequal
from pytest_apiversion.core.judging.differential import first_success, succeeds, unlike, wrong_otherwise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.check import Scene
    from pytest_apiversion.core.checking.exchange import Exchange, Request
    from pytest_apiversion.core.finding import Broken
    from pytest_apiversion.core.http.response_differences import Differ


def _promised(scene: Scene) -> str | None:
    if not scene.is_alias or not scene.stage.answers or not scene.policy.aliases[scene.subject].equivalent:
        return None
    serves = scene.policy.stage(scene.version, scene.as_of).answers
    return f"aliases.{scene.subject}.version" if serves else None


def _twins(exchanges: Sequence[Exchange], scene: Scene) -> Iterator[Twin]:
    first = first_success(exchanges, scene)
    if first is not None:
        yield Twin(aim=Aim.TARGET, of=first, version=scene.version, differ=_differ)


def _differ(here: Request, there: Request) -> Differ:
    forgives = readdressed(here, there)
    return lambda alias, version: unequal(alias, version, forgives)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    comparison = exchange.comparison
    if exchange.aim is not Aim.TARGET or comparison is None:
        return None
    if not (succeeds(comparison.here) and succeeds(comparison.there)) or wrong_otherwise(exchange, scene):
        return None
    there, place = f"in {scene.version}", f"aliases.{scene.subject}.version"
    return unlike(comparison.differences, f"is not as {there}", there, place)


CHECK = Check(
    code="AV309",
    name="alias-equivalent",
    title="an alias answers as its version does",
    promised=_promised,
    twins=_twins,
    judge=_judge,
)
