"""A path segment that only looks like a version selects nothing: with another number it is another path, and nothing is there.

`/v1/core/customers` where a header names the version: a router that reads the segment as well serves `/v2/core/customers`, a path nobody
declared, and one day by another version than the header's. Asked are the reading operations without parameters in their path, once
each, with the version in its carrier. Which version answers at the true path is AV210's to say.

Source: SEL-12, AUG-03. Silence: leave the segment out of `versioning.decoys`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.version_texts import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    return "versioning.decoys" if scene.policy.decoys and scene.stage.answers and not scene.is_alias else None


def _plan(scene: Scene) -> Iterator[Ask]:
    operation, policy = scene.operation, scene.policy
    if operation is None or operation.method != "GET" or operation.path_parameters or _promised(scene) is None:
        return
    kind = next(iter(policy.carriers))
    whole = not policy.carriers[kind].form.in_path  # else the version stands before it
    for path in _others(policy.base_path if whole else "", operation.path, scene):
        yield Ask(
            aim=Aim.DECOY,
            selection=((kind, spell(policy, kind, scene.subject)),),
            via=kind,
            probe=path,
            path=path,
            whole=whole,
        )


def _others(base: str, path: str, scene: Scene) -> Iterator[str]:
    """The path below a base with the next number in each decoy, where no contract has that."""
    segments = (base + path).split("/")
    for index, segment in enumerate(segments):
        if segment in scene.policy.decoys:
            next_ = re.sub(r"[0-9]+", lambda found: str(int(found[0]) + 1), segment, count=1)
            other = "/".join((*segments[:index], next_, *segments[index + 1 :]))
            below = other.removeprefix(base) if other.startswith(f"{base}/") else None
            if other != base + path and not (
                below and any(contract.methods(below) for contract in scene.contracts.values())
            ):
                yield other


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if exchange.aim is not Aim.DECOY or response is None:
        return None
    if response.status not in SUCCESS:
        return ()
    return [
        Broken(
            summary=f"{exchange.probe} answers, though {' and '.join(scene.policy.decoys)} in a path is no version",
            expected="what any unknown path gets",
            received=answer_text(exchange),
            place="versioning.decoys",
        )
    ]


CHECK = Check(
    code="AV216",
    name="decoy-segment",
    title="what looks like a version in the path is none",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
