"""What the policy file's reference says of `[requests]` and `[contract]` where the file says nothing."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from pytest_apiversion.core.policy.requests import Limits, Rules
from tests.docs.blocks import ROOT

_TEXT = (ROOT / "docs" / "reference" / "policy-file.md").read_text("utf-8")


def _column(table: str) -> dict[str, str]:
    """The last column of a table, by the key in the first."""
    _, _, rest = _TEXT.partition(f"| key of `[{table}]` |")
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", rest.partition("\n\n")[0], re.MULTILINE)
    return {key: told.strip("`") for key, told in rows}


def _written(value: object) -> str:
    """A default as the page writes it."""
    if value is None:
        return "no limit"
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("name", [field.name for field in fields(Limits) if field.name not in {"connection", "probes"}])
def test_limits(name: str) -> None:
    """Every default of `[requests]` is the one in the code; those of the connection and of probes are sentences of their own."""
    assert _column("requests")[name] == _written(getattr(Limits(), name))


def test_rules() -> None:
    """So is every default of `[contract]`, the statuses that need no declaration included."""
    told, rules = _column("contract"), Rules()
    listed, _, rest = told.pop("undeclared").partition(";")
    ranges = [(int(first), int(last or first)) for first, last in re.findall(r"(\d{3})(?: to (\d{3}))?", listed)]

    assert "takes the place" in rest
    assert [str(status) for first, last in ranges for status in range(first, last + 1)] == list(rules.undeclared)
    assert told.pop("refusals") == "none"
    assert not rules.refusals
    assert told == {
        name: _written(getattr(rules, name)) for name in ("additions", "formats", "unambiguous", "defaults")
    }
    assert {field.name for field in fields(Rules)} == told.keys() | {"undeclared", "refusals"}
