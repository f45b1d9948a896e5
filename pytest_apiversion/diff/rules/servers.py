"""Rules about servers."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import CHANGE, ERROR, one_way

RULES = (
    *one_way(Area.SERVERS, Kind.VALUES,
        ("server-path-changed", CHANGE, "server-path", ERROR, "paths stand below `{after}`, stood below `{before}`",
         "Server, base path and path are one address: calls to the old one fail, as if each operation had been removed."),
    ),
)  # fmt: skip
