"""What an aim can mean stands in one table."""

from __future__ import annotations

import pytest

from tests.layers import PACKAGE, tables_of_aims
from tests.test_layers import SOURCES


def test_there_is_one_table_of_aims() -> None:
    """What an aim can mean is a column of `MEANINGS`: there is no other table, so none can forget an aim."""
    found = {name: said for name, source in SOURCES.items() if (said := tables_of_aims(source, name))}

    assert found == {}


@pytest.mark.parametrize(
    ("source", "count"),
    [
        pytest.param("found = frozenset({Aim.SUNSET, Aim.MISSING})", 1, id="set"),
        pytest.param("found = x in (Aim.SUNSET, Aim.MISSING)", 1, id="tuple"),
        pytest.param("found = OTHER | {Aim.SUNSET, Aim.MISSING}", 1, id="more-of-them"),
        pytest.param("found = {Aim.SUNSET: 1, Aim.MISSING: 2}", 1, id="mapping"),
        pytest.param("match aim:\n    case Aim.SUNSET | Aim.MISSING:\n        pass", 1, id="pattern"),
        pytest.param(
            "match aim:\n    case Aim.SUNSET:\n        pass\n    case Aim.MISSING:\n        pass", 0, id="cases"
        ),
        pytest.param("yield Ask(aim=Aim.SUNSET)\nyield Ask(aim=Aim.MISSING)", 0, id="plans"),
        pytest.param("found = aim is Aim.SUNSET", 0, id="what-it-planned"),
    ],
)
def test_a_table_of_aims_is_seen(source: str, count: int) -> None:
    """Two aims in one collection are a table."""
    assert len(tables_of_aims(source, f"{PACKAGE}.checks.some")) == count
