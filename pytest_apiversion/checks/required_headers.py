"""The response headers a policy promises are there, on the statuses it promises them on, in the form it says.

What is there on successes and missing on errors is missing where clients look first: the rest of a rate limit on a 429, the trace of a 500.

Source: GIR-12, ARA-38; any header a policy names. Silence: `on` and `unless` in `[[headers]]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.json.pointer import lookup
from pytest_apiversion.core.judging.promises import due_on, promised_headers
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response


def _promised(scene: Scene) -> str | None:
    wanted = promised_headers(scene) if scene.stage.answers else []
    return wanted[0].place if wanted else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = read(exchange, scene).own_answer
    if response is None:
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
                    expected=f"{header.name}: {header.pattern.pattern}" if header.pattern is not None else header.name,
                    received=f"{answer_text(exchange)}; headers: {', '.join(name for name, _ in response.headers)}",
                    place=header.place,
                )
            )
        elif header.pattern is not None and not header.pattern.fullmatch(value):
            found.append(
                Broken(
                    summary=f"{header.name} has not the promised form",
                    expected=f"{header.name}: {header.pattern.pattern}",
                    received=f"{header.name}: {value}",
                    place=f"{header.place}.pattern",
                )
            )
        elif header.equals is not None and (said := _said(response, header.equals)) not in {None, value}:
            found.append(
                Broken(
                    summary=f"{header.name} is not what the body says",
                    expected=f"{header.name}: {said}, as at {header.equals}",
                    received=f"{header.name}: {value}",
                    place=f"{header.place}.equals",
                )
            )
    return found


def _said(response: Response, pointer: str) -> str | None:
    """The text or number at a place of a body; None where there is neither."""
    found = lookup(response.json, pointer)
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else None


CHECK = Check(code="AV701", name="required-headers", title="promised headers", promised=_promised, judge=_judge)
