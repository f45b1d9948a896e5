"""What the page says under a cause of those that it explains."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.causes.cause import Cause
from pytest_apiversion.core.finding import Finding
from pytest_apiversion.shell.reporting.causes import cause_lines


def _cause(code: str, *answers: int, also: tuple[Cause, ...] = ()) -> Cause:
    made = Finding(
        code=code,
        promise="a promise",
        version="v1",
        operation="GET /things",
        summary=f"what {code} found",
        expected="this",
        received="that",
        place="policy",
        reproduce="curl",
        answers=answers,
    )
    return Cause(line="it was found", findings=(made,), also=also)


@pytest.mark.parametrize(
    ("answers", "said"),
    [((1, 2), "on 2 of the same answers"), ((2, 3), "on 1 of the same answers"), ((3, 4), "1 time")],
)
def test_only_what_is_shared_is_called_shared(answers: tuple[int, ...], said: str) -> None:
    """What shows on other answers, too, or on others alone, is not counted among the same."""
    cause = _cause("AV601", 1, 2, also=(_cause("AV607", *answers),))

    told = [line for line in cause_lines(cause, "apiversion.toml", whole=False) if line.startswith("  also")]

    assert told == [f"  also      AV607 it was found: {said}"]
