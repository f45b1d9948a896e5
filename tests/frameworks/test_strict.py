"""Services whose validation is strict have nothing to object to what is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frameworks.strict.services import SERVICES, held, narrowed, run
from tests.thorough import drawn


@pytest.mark.parametrize("seed", range(1, drawn(2) + 1))
@pytest.mark.parametrize("name", SERVICES)
def test_a_strict_reader_takes_what_is_sent(name: str, seed: int, tmp_path: Path) -> None:
    """An honest service of fifteen operations that reads strictly raises no finding, and all that can succeed does."""
    result = run(name, tmp_path, seed=seed)

    assert result.said == []
    assert {line.partition(" ")[2] for line in result.barren} == set(SERVICES[name].barren)
    assert sum(outcome.succeeded is not None for outcome in result.outcomes) >= 15


def test_a_reader_that_takes_less_is_found(tmp_path: Path) -> None:
    """The same requests do find a limit that was tightened, in all three operations that have it, and nothing else."""
    result = held(narrowed(most=400), tmp_path, seed=1)

    assert {(each.code, each.operation) for each in result.findings} == {
        ("AV302", "POST /items"),
        ("AV302", "PUT /items/{id}"),
        ("AV302", "PATCH /items/{id}"),
    }
