"""Unlike refusals of one operation are told apart."""

from __future__ import annotations

from pathlib import Path

from pytest_apiversion.core.causes.grouping import causes
from tests.lives.stored_parts import DAY, LIFE


def test_two_limits_are_two_causes(tmp_path: Path) -> None:
    """An update that takes only short names, and no floor, refuses each in words of its own, with one status."""
    result = LIFE.run(tmp_path, DAY, "patch-takes-neither-in-v2")

    assert sorted(each.line for each in causes(result.findings)) == [
        "a request the frozen contract accepts gets 422 (refused as name)",
        "a request the frozen contract accepts gets 422 (refused as no_floors)",
    ]
