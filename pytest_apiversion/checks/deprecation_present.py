"""Every answer of a deprecated version announces the deprecation: successes, refusals, wrong methods and HEAD alike.

A client that only ever sees errors, or only polls with HEAD, must hear of it too; and so must one that names no version, where a deprecated one is the
default.

`OPTIONS` is asked after the end only: before it, what policies promise is about the endpoints that clients call. A row of `[[headers]]` with
`methods = ["OPTIONS"]` and `versions` promises it there.

After its sunset a version is no longer deprecated. A header is still due where the policy names those answers: where `on` lists their very
status (`on = ["2xx", 410]`, not a class such as `4xx`) or `"*"`, or one of its `levels` begins with the sunset (`days = 0`). The form, the date,
the level and the links are then held as well (AV503 to AV507).

Where a reading has an entity tag or a date, it is read again with that, as a client reads that kept the answer. The 304 announces what its 200
would: it is all that such a client hears from then on, and HTTP has it repeat what guides those who keep answers (RFC 9110 §15.4.5). Where a cache in
front gives it from what it knew before, `deprecation.not_modified = false` says so; `on` leaves it out of one header.

Source: RFC 9745 §2; VEL-07, GIR-17, ARA-06, MOO-16. Silence: `on` in `deprecation.headers`; `deprecation.not_modified = false` for 304.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.statuses import NOT_MODIFIED, status_matches
from pytest_apiversion.core.judging.deprecation_headers import can_say, said
from pytest_apiversion.core.judging.element_use import element_asks
from pytest_apiversion.core.judging.promises import announced_headers, deprecated_place
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.responses import DeprecationHeader


def _promised(scene: Scene) -> str | None:
    headers = [header for header in announced_headers(scene) if header.within is None]
    return deprecated_place(scene) if headers else None


def _plan(scene: Scene) -> Iterator[Ask]:
    operation = scene.operation
    yield from element_asks(scene, Aim.ACCEPTED)
    if operation is None or operation.method != "GET" or operation.neutral or _promised(scene) is None:
        return
    if not scene.stage.answers:
        return  # after its sunset AV601 asks, with every method
    via = primary(scene)
    selection = scene.selection
    yield Ask(aim=Aim.ACCEPTED, selection=selection, via=via, method="HEAD")


def _has_date(header: DeprecationHeader, exchange: Exchange) -> bool:
    """Whether the date a header carries is declared; a version without an end has none to announce."""
    return header.date is None or getattr(exchange.lifecycle, header.date) is not None


def _due(header: DeprecationHeader, exchange: Exchange) -> str:
    """The header as it is due: with its value where the policy's dates give one, else with its form where that is promised."""
    declared = getattr(exchange.lifecycle, header.date) if header.date is not None else None
    if declared is not None and header.dialect is not None and header.dialect.dated:
        return f"{header.name}: {header.dialect.write(declared)} (the declared {header.date} date)"
    return f"{header.name}: {header.pattern}" if header.pattern is not None else header.name


def _headers(response: Response, header: DeprecationHeader) -> str:
    """The headers there are, where one is missing; a body shows itself what it has not."""
    return "" if header.in_body else f"; headers: {', '.join(name for name, _ in response.headers)}"


def _answers(exchange: Exchange, response: Response) -> str:
    """Which answers are to announce it, and which key says that a 304 does, too."""
    if exchange.elements:
        return f"the successes with {' and '.join(part.name for part in exchange.elements)}, which is deprecated"
    what = "operation" if exchange.lifecycle.place else "version"
    also = ", its 304s included (deprecation.not_modified)" if response.status == NOT_MODIFIED else ""
    return f"the answers of a deprecated {what}{also}"


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = read(exchange, scene).announcing
    if response is None:
        return None
    due = [
        header
        for header in announced_headers(scene)
        if header.within is None
        and status_matches(response.status, header.statuses)
        and _has_date(header, exchange)
        and can_say(response, header)
    ]
    if not due:
        return None
    return [
        Broken(
            summary=f"{header.name} is missing on a {response.status} to {exchange.request.method}",
            expected=f"{_due(header, exchange)} on {_answers(exchange, response)}",
            received=answer_text(exchange) + _headers(response, header),
            place=header.place,
        )
        for header in due
        if said(response, header) is None
    ]


CHECK = Check(
    code="AV501",
    name="deprecation-present",
    title="deprecation announced",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
