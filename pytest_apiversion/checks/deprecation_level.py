"""The level a deprecation names is the one that the days left before the sunset give.

A level that turns critical a day late, or that was computed once when the service started, tells those who watch it too little,
and nobody looks at it between two releases. Days are counted back from the instant the service stops. In the minute around a
change, clocks being what they are, the level before it and the one after it are both right.

Source: DEP-09; ARA-12, ARA-13, ARA-18. Silence: leave `levels` out of the header in `[deprecation]`; `inclusive` says whether a level
holds when exactly its days are left.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.http.statuses import status_matches
from pytest_apiversion.core.judging.deprecation_headers import said
from pytest_apiversion.core.judging.promises import announced_headers
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.versions.deprecation_levels import levels_about
from pytest_apiversion.core.versions.notice_period import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene


def _promised(scene: Scene) -> str | None:
    if scene.policy.lifecycle(scene.subject).ends is None:
        return None
    return next((f"{header.place}.levels" for header in announced_headers(scene) if header.levels), None)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response, ends = read(exchange, scene).announcing, exchange.lifecycle.ends
    if response is None or ends is None:
        return None
    found: list[Broken] | None = None
    for header in announced_headers(scene):
        text = said(response, header)
        if text not in {step.level for step in header.levels} or not status_matches(response.status, header.statuses):
            continue  # absent, which is AV501's, or no level at all, which is AV503's
        found = found or []
        right = levels_about(exchange.as_of, ends, header.levels, inclusive=header.inclusive)
        if text not in right:
            found.append(
                Broken(
                    summary=f"{header.name} is {text} where it is {' or '.join(sorted(right))} by now",
                    expected=f"{header.name}: {' or '.join(sorted(right))}, {_distance(exchange.as_of, ends)} {ends:%F %T}Z",
                    received=f"{header.name}: {text}",
                    place=f"{header.place}.levels",
                )
            )
    return found


def _distance(now: dt.datetime, ends: dt.datetime) -> str:
    """How far an instant is from the end: `29 days before`, `12:00:00 after`."""
    return f"{_words(ends - now)} before" if now < ends else f"{_words(now - ends)} after"


def _words(left: dt.timedelta) -> str:
    """A time in words, to the second: `29 days`, `12:00:00`, `1 day and 12:00:00`."""
    days, rest = left.days, dt.timedelta(seconds=left.seconds)
    return " and ".join([counted(days, "day")] * (days > 0 or not rest) + [str(rest)] * bool(rest))


CHECK = Check(code="AV506", name="deprecation-level", title="deprecation level", promised=_promised, judge=_judge)
