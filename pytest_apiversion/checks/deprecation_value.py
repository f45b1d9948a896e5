"""The dates an answer announces are the declared ones, on every answer the same.

A `Deprecation` that carries the sunset date, or the moment of the request, tells each client another story.

A date without a time is a day: any instant of the declared day of the deprecation is right. Of a sunset the day itself is right (its first
instant, where a header has to name one), and so is the instant that service ends by `sunset.boundary`, or its last minute:
`23:59:59` of a last day. A declared instant is held to the second.

Source: RFC 9745 §2.1, RFC 8594 §3; ARA-16, ARA-19, GIR-18, VEL-08. Silence: declare the date that is
announced, or leave `date` out where a header carries none of the two.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.judging.deprecation_headers import said_lines
from pytest_apiversion.core.judging.promises import announced_headers, deprecated_place, policy_place
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.policy.dialect import same_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.policy.dialect import Dialect, Reading
    from pytest_apiversion.core.policy.responses import DeprecationHeader
    from pytest_apiversion.core.versions.lifecycle import Lifecycle

_LAST = dt.timedelta(minutes=1)
"""What `23:59` and `23:59:59` are before the end they mean."""


def _dated(scene: Scene) -> bool:
    life = scene.policy.lifecycle(scene.subject)
    return any(
        header.date and getattr(life, header.date) and header.dialect and header.dialect.dated
        for header in announced_headers(scene)
    )


def _promised(scene: Scene) -> str | None:
    return deprecated_place(scene) if _dated(scene) else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = read(exchange, scene).announcing
    if response is None:
        return None
    found: list[Broken] | None = None
    for header in announced_headers(scene):
        lines = said_lines(response, header)
        if not lines or header.date is None or header.dialect is None or not header.dialect.dated:
            continue
        declared = getattr(exchange.lifecycle, header.date)
        reading = header.dialect.read(lines[0])
        if declared is None or reading.value is None:
            continue  # nothing declared to hold it to, or unreadable, which is AV503's
        found = found or []
        if not _says(header, exchange.lifecycle, declared, reading, header.dialect):
            due = _plainest(header, exchange.lifecycle, declared, header.dialect)
            found.append(
                Broken(
                    summary=f"{header.name} carries another date than was declared",
                    expected=f"{header.name}: {header.dialect.write(due)}, the declared {header.date} date",
                    received=f"{header.name}: {lines[0]}",
                    place=f"{policy_place(scene)}.{header.date}",
                )
            )
    return found


def _says(header: DeprecationHeader, life: Lifecycle, declared: dt.date, reading: Reading, dialect: Dialect) -> bool:
    """Whether a header says the declared date, or an instant that means the same."""
    whole = not isinstance(declared, dt.datetime)
    if same_moment(declared, reading, dialect, day_only=whole and header.date == "deprecated"):
        return True
    said, ends = reading.value, life.ends
    if not whole or header.date != "sunset" or ends is None or said is None or dialect.granularity == "day":
        return False
    return dt.timedelta() <= ends - said <= _LAST


def _plainest(header: DeprecationHeader, life: Lifecycle, declared: dt.date, dialect: Dialect) -> dt.date:
    """What a header would say most plainly: the declared date, or the last second of a last day."""
    ends = life.ends
    if isinstance(declared, dt.datetime) or header.date != "sunset" or ends is None or dialect.granularity == "day":
        return declared
    return declared if ends.date() == declared else ends - dt.timedelta(seconds=1)


CHECK = Check(code="AV504", name="deprecation-value", title="deprecation dates", promised=_promised, judge=_judge)
