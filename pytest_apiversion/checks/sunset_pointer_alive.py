"""Where the answer after a sunset points to is there, and so is what came after each of its operations.

The pointer of a 410 is read by people whose program has just stopped, once, and nobody else looks at it ever again: a page that
moved is not missed. The pointer is asked for where it leads to the API's own host; other hosts are not asked, and a note says so.
Of the operations the map leads to, those that read are asked for in the successor version: a method or a path it does not have shows.

Source: SUN-02, SUN-11; MOO-17, ARA-17, ARA-26. Silence: leave `sunset.pointer` out; a row of `operations.renamed` without the
successor says that an operation has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.http.statuses import FIRST_FAILURE
from pytest_apiversion.core.judging.deprecation_headers import serving_successor
from pytest_apiversion.core.judging.promises import policy_place, sunset_of
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.versions.lifecycle import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene

_NOWHERE = frozenset({404, 410})
_NO_ROUTE = frozenset({405, 410, 501})


def _promised(scene: Scene) -> str | None:
    sunset = sunset_of(scene)
    if scene.stage is not Stage.SUNSET or sunset.served_by is not None:
        return None
    if sunset.pointer is not None:
        return f"{sunset.place}.pointer"
    operations = [scene.operation] if scene.operation else scene.contracts[scene.version].operations.values()
    found = any(
        each.method == "GET" and not each.neutral and serving_successor(scene, each) is not None for each in operations
    )
    return _place(scene) if found else None


def _place(scene: Scene) -> str:
    return f"aliases.{scene.subject}.version" if scene.is_alias else f"{policy_place(scene)}.successor"


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    if response is None:
        return None
    target = f"{exchange.request.method} {exchange.request.target}: {answer_text(exchange)}"
    if exchange.aim is Aim.POINTER:
        if response.status not in _NOWHERE and response.status < FIRST_FAILURE:
            return ()
        return [
            Broken(
                summary=f"the answer after the sunset points to nothing: it gets {response.status}",
                expected=f"something where {sunset_of(scene).pointer} leads",
                received=target,
                place=f"{sunset_of(scene).place}.pointer",
            )
        ]
    if exchange.aim is not Aim.HEIR:
        return None
    missing = _NO_ROUTE if "{" in exchange.operation else _NO_ROUTE | _NOWHERE  # with parameters it may be the data
    if response.status not in missing:
        return ()
    return [
        Broken(
            summary=f"what came after it gets {response.status}",
            expected=f"{exchange.expected_version} has an operation in the place of {exchange.operation}",
            received=target,
            place=_place(scene),
        )
    ]


CHECK = Check(
    code="AV608",
    name="sunset-pointer-alive",
    title="what follows a sunset is there",
    promised=_promised,
    judge=_judge,
)
