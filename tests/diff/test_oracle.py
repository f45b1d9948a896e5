"""The comparison and an oracle that knows nothing of it: the quick part of `python -m tests.diff.oracle`."""

from __future__ import annotations

from tests.diff.oracle import judged
from tests.thorough import drawn


def test_what_is_called_compatible_is_broken_by_no_value() -> None:
    """Of pairs made at random none that is called compatible has a value that breaks it, and nearly each break has one."""
    verdicts = [verdict for seed in range(drawn(100)) for verdict in judged(seed) or ()]
    breaking = [verdict for verdict in verdicts if verdict.called == "breaking"]

    assert [verdict for verdict in verdicts if verdict.called == "compatible" and verdict.broken] == []
    assert sum(not verdict.broken for verdict in breaking) <= 0.01 * len(breaking)
    assert breaking
