"""The same request gets the equal answer through each carrier of its version: status, media type and body.

A server that takes the version from the path in its router and from the header somewhere deeper often serves the one with a newer
serializer than the other. The first reading of an operation that succeeds is asked again through each weaker carrier; where the answers
differ both are asked again, and only what differs each time, and not from one answer to the next of the same request, is held. Links may
lead to where they were asked. Where `Accept` is one of the two, its media type may differ.

Source: ARA-02, ARA-03, ARA-40. Silence: name the place in `versioning.volatile`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Check, Twin
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.response_differences import forgives_address, value_differences
from pytest_apiversion.core.http.statuses import succeeds
from pytest_apiversion.core.judging.differential import first_success, report_differences
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.policy.carrier_positions import negotiates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.broken import Broken
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Request
    from pytest_apiversion.core.http.response_differences import Differ

_TWO = 2
"""It takes two to differ."""


def _promised(scene: Scene) -> str | None:
    if scene.is_alias or not scene.stage.answers or len(scene.policy.carriers) < _TWO:
        return None
    return "versioning.carriers"


def _twins(exchanges: Sequence[Exchange], scene: Scene) -> Iterator[Twin]:
    strongest, operation = primary(scene), scene.operation
    first = first_success(exchanges, scene)
    if first is None or operation is None or operation.neutral:
        return
    for kind in scene.policy.carriers:
        if kind != strongest:
            typed = not (negotiates(scene.policy, kind) or negotiates(scene.policy, strongest))
            differ = partial(_differ, typed=typed)
            yield Twin(aim=Aim.OTHER_CARRIER, of=first, via=kind, differ=differ)


def _differ(here: Request, there: Request, *, typed: bool) -> Differ:
    """The weaker carrier's answer is the one that is told of."""
    forgives = forgives_address(there, here)
    return lambda strong, weak: value_differences(weak, strong, forgives, typed=typed)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    comparison = exchange.comparison
    if exchange.aim is not Aim.OTHER_CARRIER or comparison is None:
        return None
    if not (succeeds(comparison.here) and succeeds(comparison.there)) or read(exchange, scene).misnamed:
        return None  # AV200's, AV210's
    if _breaks_contract(exchange, scene):
        return None  # AV301's
    there = f"through the {primary(scene)}"
    return report_differences(
        comparison.differences, f"differs through the {exchange.via}", there, f"versioning.{exchange.via}"
    )


def _breaks_contract(exchange: Exchange, scene: Scene) -> bool:
    """Whether the weaker carrier's answer breaks the contract, while the strongest's keeps it."""
    comparison, body = exchange.comparison, read(exchange, scene).body
    if comparison is None or body is None or body.validate is None:
        return False
    weak, strong = comparison.there, comparison.here
    return bool(body.validate(weak.json)) and not body.validate(strong.json)


CHECK = Check(
    code="AV212",
    name="carriers-equivalent",
    title="carriers give equal answers",
    promised=_promised,
    twins=_twins,
    judge=_judge,
)
