"""The response headers a policy promises are there, on the statuses it promises them on, in the form it says.

Source: GIR-12, ARA-38; any header a policy names. Silence: `on` and `unless` in `[[headers]]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.check import Check
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging import RESOURCE_AIMS, displaced, due_on, promised_headers, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.check import Scene
    from pytest_apiversion.core.exchange import Exchange


def _promised(scene: Scene) -> str | None:
    wanted = promised_headers(scene) if scene.stage.answers else []
    return wanted[0].place if wanted else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = exchange.response
    operation = scene.operation_named(scene.version, exchange.operation)
    if response is None or exchange.aim not in RESOURCE_AIMS or operation is None or operation.neutral:
        return None
    if displaced(exchange, scene):
        return None
    due = [header for header in promised_headers(scene) if due_on(header, response.status)]
    if not due:
        return None
    found = []
    for header in due:
        value = response.header(header.name)
        if value is None:
            found.append(
                Broken(
                    summary=f"{header.name} is missing on a {response.status}",
                    expected=header.name,
                    received=told(exchange),
                    place=header.place,
                )
            )
        elif header.pattern is not None and header.pattern.fullmatch(value) is None:
            found.append(
                Broken(
                    summary=f"{header.name} has not the promised form",
                    expected=f"{header.name}: {header.pattern.pattern}",
                    received=f"{header.name}: {value}",
                    place=f"{header.place}.pattern",
                )
            )
    return found


CHECK = Check(code="AV701", name="required-headers", title="promised headers", promised=_promised, judge=_judge)
