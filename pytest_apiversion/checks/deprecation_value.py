"""The dates an answer announces are the declared ones, on every answer the same.

A `Deprecation` that carries the sunset date, or the moment of the request, tells each client another story.

Source: RFC 9745 §2.1, RFC 8594 §3; ARA-16, ARA-19, GIR-18, VEL-08. Silence: declare the date that is
announced, or leave `date` out where a header carries none of the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.judging.promises import deprecated_place, policy_place
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.policy.dialect import same_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _dated(scene: Scene) -> bool:
    life = scene.policy.lifecycle(scene.subject)
    return any(
        header.date and getattr(life, header.date) and header.dialect and header.dialect.dated
        for header in scene.policy.deprecation.headers
    )


def _promised(scene: Scene) -> str | None:
    return deprecated_place(scene) if _dated(scene) else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = read(exchange, scene).announcing
    if response is None:
        return None
    found: list[Broken] | None = None
    for header in scene.policy.deprecation.headers:
        lines = response.lines(header.name)
        if not lines or header.date is None or header.dialect is None or not header.dialect.dated:
            continue
        declared = getattr(exchange.lifecycle, header.date)
        reading = header.dialect.read(lines[0])
        if declared is None or reading.value is None:
            continue  # nothing declared to hold it to, or unreadable, which is AV503's
        found = found or []
        if not same_moment(declared, reading, header.dialect):
            found.append(
                Broken(
                    summary=f"{header.name} carries another date than was declared",
                    expected=f"{header.name}: {header.dialect.write(declared)}, the declared {header.date} date",
                    received=f"{header.name}: {lines[0]}",
                    place=f"{policy_place(scene)}.{header.date}",
                )
            )
    return found


CHECK = Check(code="AV504", name="deprecation-value", title="deprecation dates", promised=_promised, judge=_judge)
