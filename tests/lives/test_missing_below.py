"""What may be below a thing and is not breaks no promise, where the operation is there to say so."""

from __future__ import annotations

from pathlib import Path

from tests.lives.missing_below import DAY, LIFE


def test_what_is_not_there_is_not_missed(tmp_path: Path) -> None:
    """Nobody has put a lid on any of the boxes: nothing is said of that, and nothing is held."""
    result = LIFE.run(tmp_path, DAY)

    assert result.said == []
    assert "v2 GET /boxes/{id}/lid" in result.barren
