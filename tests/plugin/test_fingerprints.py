"""A defect has one fingerprint, whichever seed drew the requests and on whichever day, or a baseline would forget it."""

from __future__ import annotations

import datetime as dt
from itertools import product
from pathlib import Path

import pytest

from tests.plugin.small_api import SECRET, small_api, write_suite
from tests.shell.running import run_file
from tests.thorough import sample, some

SEEDS = range(1, 1 + some(10, 2))
DAYS = sample(["2026-04-02", "2026-06-01", "2026-10-31"], 2)
"""All in the deprecation of v1, so that the same is promised on each."""
BUGS = {
    "nameless no-notice": {"AV301", "AV501"},
    "failing": {"AV402"},
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_defect_keeps_its_fingerprint(tmp_path: Path, bug: str) -> None:
    """Ten seeds on three days (two and two without the thorough part) find the same defects under the same fingerprints."""
    policy = write_suite(tmp_path)
    found: dict[tuple[int, str], frozenset[tuple[str, ...]]] = {}
    for seed, day in product(SEEDS, DAYS):
        with small_api(*bug.split(), today=f"{day}T00:00:00") as (_, url):
            result = run_file(
                policy,
                {"SMALL_URL": url, "SMALL_TOKEN": SECRET},
                as_of=dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC),
                seed=seed,
            )
        found[seed, day] = frozenset(
            (each.code, each.version, each.operation, each.place, each.fingerprint) for each in result.findings
        )

    assert len(found) == len(SEEDS) * len(DAYS)
    seen = {each for run in found.values() for each in run}
    assert {code for code, *_ in seen} >= BUGS[bug]
    assert len({each[:-1] for each in seen}) == len(seen)
    assert len(set(found.values())) == 1, {key: sorted(value) for key, value in found.items()}
