"""Honest servers of odd APIs: no finding, and every operation gets a success."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.apps.kit import serving
from tests.shell.running import Result, run_file
from tests.shell.servers import answering, chains, selecting
from tests.shell.servers.kit import folder
from tests.shell.servers.odd import Make, Odd
from tests.thorough import sample

ODD: dict[str, Make] = {
    "nested": chains.nested,
    "located": chains.located,
    "put-only": chains.put_only,
    "composite": chains.composite,
    "unique": chains.unique,
    "dates-in-query": selecting.dates_in_query,
    "redirecting": selecting.redirecting,
    "amid-path": selecting.amid_path,
    "swagger": selecting.swagger,
    "guarded": selecting.guarded,
    "always-200": answering.always_200,
    "plain-router": answering.plain_router,
    "later": answering.later,
    "limited": answering.limited,
    "bodies": answering.bodies,
    "numbered": answering.numbered,
}


def run(odd: Odd, path: Path, **limits: Any) -> Result:
    """Run an odd API's own policy against it."""
    with serving(odd.app) as url:
        return run_file(
            folder(path, odd.policy, odd.contracts), {"ODD_URL": url + odd.prefix, "ODD_TOKEN": "odd-token"}, **limits
        )


@pytest.mark.parametrize("make", sample(ODD.values(), 2), ids=sample(ODD, 2))
def test_honest_odd_api_has_no_finding_and_no_barren_operation(make: Make, tmp_path: Path) -> None:
    """An honest API is green however odd it is, and each of its operations is really tried."""
    odd = make()
    result = run(odd, tmp_path)
    assert result.said == []
    assert result.barren == list(odd.barren)
