"""The five embedded servers: each operation of each version that answers really gets a success, whatever the date."""

from __future__ import annotations

import datetime as dt
import importlib
from pathlib import Path

import pytest

from tests.apps.kit import serving
from tests.shell.running import TODAY, Result, run_file

CONTRACTS = Path(__file__).parents[3] / "contracts"


def run(name: str, today: dt.datetime = TODAY) -> Result:
    """Run an embedded server's policy against it, server and run living on one day."""
    server = importlib.import_module(f"tests.apps.{name}")
    with serving(server.create_app(today=today)) as url:
        environment = {**server.ENVIRONMENT, f"{name.upper()}_URL": url}
        return run_file(CONTRACTS / name / "apiversion.toml", environment, as_of=today, max_examples=3)


@pytest.mark.parametrize(
    ("name", "today"),
    [
        pytest.param("aragora", TODAY, id="aragora"),
        pytest.param("aragora", dt.datetime(2026, 1, 15, tzinfo=dt.UTC), id="aragora-both-versions"),
        pytest.param("augno", TODAY, id="augno"),
        pytest.param("girard", TODAY, id="girard"),
        pytest.param("moonborn", TODAY, id="moonborn"),
        pytest.param("vellocity", dt.datetime(2026, 1, 15, tzinfo=dt.UTC), id="vellocity-with-aliases"),
    ],
)
def test_every_live_operation_is_really_reached(name: str, today: dt.datetime) -> None:
    """An operation that only ever saw refusals proves nothing: each one must get a success, and break nothing."""
    result = run(name, today)
    tried = [outcome for outcome in result.outcomes if outcome.succeeded is not None]

    assert result.said == []
    assert result.barren == []
    assert len(tried) >= 8
    assert all(outcome.succeeded for outcome in tried)
