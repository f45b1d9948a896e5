"""Rules about servers."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import CHANGE, WARNING, one_way

RULES = (
    *one_way(Area.SERVERS, Kind.VALUES,
        ("server-path-changed", CHANGE, "server-path", WARNING, "paths stand below `{after}`, stood below `{before}`",
         "Calls to the old address fail, unless it is still served."),
    ),
)  # fmt: skip
