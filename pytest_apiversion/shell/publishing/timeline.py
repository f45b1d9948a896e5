"""The lives of versions as a picture: where each stage begins and ends between the first date and the last."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pytest_apiversion.shell.publishing.report_values import Values, day

WIDTH = 1000
"""Units across."""
_BEFORE, _AFTER = dt.timedelta(days=3 * 365), dt.timedelta(days=2 * 365)
"""What lies further from today is at the edge: 9999-12-31 is how some write "never"."""
_PAD = 0.04
_MOST_TICKS = 8


def timeline(policy: Values, as_of: str) -> dict[str, Any] | None:
    """Rows, dates and today as places from 0 to `WIDTH`; None where no version has a date.

    Args:
        policy: Of the JSON report.
        as_of: The instant the run read policies at, ISO 8601.
    """
    if not policy["dates"]:
        return None
    today = dt.datetime.fromisoformat(as_of)
    dates = [(dt.datetime.fromisoformat(row["at"]), row["version"], row["what"]) for row in policy["dates"]]
    near = [min(max(when, today - _BEFORE), today + _AFTER) for when, _, _ in dates]
    start, end = min([today, *near]), max([today, *near])
    pad = max((end - start) * _PAD, dt.timedelta(days=30))
    start, end = start - pad, end + pad

    def place(when: dt.datetime) -> float:
        return round(min(max((when - start) / (end - start), 0.0), 1.0) * WIDTH, 1)

    return {
        "today": place(today),
        "width": WIDTH,
        "ticks": [(place(when), when.year) for when in _years(start, end)],
        "rows": [
            _row(name, stage, {what: when for when, subject, what in dates if subject == name}, place)
            for name, stage in policy["versions"].items()
        ],
    }


def _years(start: dt.datetime, end: dt.datetime) -> list[dt.datetime]:
    years = [dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in range(start.year + 1, end.year + 1)]
    return years[:: max(1, -(-len(years) // _MOST_TICKS))]


def _row(name: str, stage: str, dates: dict[str, dt.datetime], place: Any) -> dict[str, Any]:
    """One version: its stretches, its dates, and its life in words."""
    begin = place(dates["released"]) if "released" in dates else 0.0
    end = place(dates["sunset"]) if "sunset" in dates else float(WIDTH)
    turn = place(dates["deprecated"]) if "deprecated" in dates else end
    turn = min(max(turn, begin), end)
    stretches = [("preview" if stage == "preview" else "live", begin, turn), ("deprecated", turn, end)]
    named = {what: when for what, when in dates.items() if not what.startswith("reminder")}
    return {
        "name": name,
        "stage": stage,
        "stretches": [(kind, left, round(right - left, 1)) for kind, left, right in stretches if right > left],
        "marks": [(place(when), what, day(when.isoformat())) for what, when in named.items()],
        "words": ", ".join(f"{what} {day(when.isoformat())}" for what, when in named.items()) or "no date",
    }
