"""Items that a suite expects to fail (`xfail`): its word holds for the exit code, and every report says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

KNOWN = "all that was found is known (--apiversion-baseline)"
"""Why an item counts as expected to fail where a baseline says so, of which reports tell by themselves."""

_CALLED, _NOT_RUN = "reason: ", "[NOTRUN]"
"""What pytest puts before a reason that `pytest.xfail` was called with, and before that of `run=False`."""


def reason_of(report: pytest.TestReport) -> str | None:
    """Why an item that failed was expected to, empty where nobody said; None where it was not, or a baseline says it."""
    told = getattr(report, "wasxfail", None)
    if told is None or not report.skipped:
        return None
    reason = str(told).removeprefix(_CALLED).removeprefix(_NOT_RUN).strip()
    return None if reason == KNOWN else reason


def why_missing(report: pytest.TestReport, crash: str) -> str | None:
    """Why there is no result of an item that was expected to fail; None where it was not.

    Args:
        report: The item's.
        crash: What was raised.
    """
    reason = reason_of(report)
    if reason is None:
        return None
    called = str(vars(report)["wasxfail"]).startswith((_CALLED, _NOT_RUN))
    return ": ".join(each for each in ("it is marked xfail", reason, "" if called else crash) if each)


def note_excused(report: pytest.TestReport, payload: Mapping[str, Any]) -> None:
    """Have the outcomes that a report carries say that what was found does not count."""
    reason = reason_of(report)
    if reason is None:
        return
    note = f"marked xfail, so that what was found fails nothing{': ' if reason else ''}{reason}"
    for row in payload["outcomes"]:
        row["notes"] = [*row["notes"], note]
