"""What is not deprecated, a version or an operation beside one that is, does not say it is.

False alarms teach clients to ignore true ones. A header whose date lies in the future announces a coming deprecation; where that
is the custom, `deprecation.on_live = true` says so. An operation that its contract marks `deprecated` may announce itself in any version, and
so may a path that has no alias, beside an alias that is deprecated: one filter stands in front of the whole prefix.

Source: GIR-02, VEL-23, ARA-05; RFC 9745 §2. Silence: declare the version `deprecated`, or `deprecation.on_live = true`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
from pytest_apiversion.core.judging.deprecation_headers import lenient_pattern, said
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.policy.announcements import announcement, announcing_headers
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.policy.responses import DeprecationHeader


def _promised(scene: Scene) -> str | None:
    policy = scene.policy
    if scene.stage not in {Stage.LIVE, Stage.PREVIEW} or announcement(policy, scene.subject).on_live:
        return None
    return (
        "deprecation.headers"
        if policy.deprecation.headers
        else next((each.place for each in announcing_headers(policy)), None)
    )


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    reading = read(exchange, scene)
    response, operation = reading.silent, reading.operation
    if response is None or _promised(scene) is None or (operation is not None and operation.deprecated):
        return None
    return [
        Broken(
            summary=f"{header.name} on {_what(exchange, scene)} is not deprecated",
            expected=f"no {header.name}: {exchange.version} is {exchange.stage.value}{_beside(scene)}",
            received=f"{header.name}: {value}",
            place=header.place,
        )
        for header in announcing_headers(scene.policy)
        if (value := said(response, header)) is not None and _announces(header, value)
    ]


def _what(exchange: Exchange, scene: Scene) -> str:
    return f"{exchange.operation}, which" if scene.policy.parts_of(scene.version) else "a version that"


def _beside(scene: Scene) -> str:
    """What of the version is deprecated, where something is: the nearest that the header could be meant for."""
    names = dict.fromkeys(part.name for part in scene.policy.parts_of(scene.version))
    return f", and so is all of it but {', '.join(names)}" if names else ""


def _announces(header: DeprecationHeader, value: str) -> bool:
    """Whether a value says what is announced: a header that is sent near the end only may carry other texts before."""
    return (
        header.within is None
        or header.pattern is None
        or BoundedPattern(lenient_pattern(header.pattern)).fullmatch(value)
    )


CHECK = Check(
    code="AV502", name="deprecation-absent", title="live versions announce nothing", promised=_promised, judge=_judge
)
