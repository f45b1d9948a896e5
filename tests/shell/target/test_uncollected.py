"""The collector of cycles does not look through large contracts."""

from __future__ import annotations

import gc

import pytest

from pytest_apiversion.shell.target.uncollected import lasting


@pytest.mark.parametrize(("blocks", "left_out"), [(10, False), (400_000, True)])
def test_what_is_large_is_looked_through_no_more(blocks: int, *, left_out: bool) -> None:
    """Nothing is collected meanwhile; afterwards the collector works as before, and what was little is still its concern."""
    made: list[list[int]] = []

    @lasting()
    def read() -> None:
        assert not gc.isenabled()
        made.extend([] for _ in range(blocks))

    gc.unfreeze()
    try:
        read()
        assert gc.isenabled()
        assert (gc.get_freeze_count() > 0) is left_out
    finally:
        gc.unfreeze()
