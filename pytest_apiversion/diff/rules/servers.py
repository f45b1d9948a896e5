"""Rules about servers."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import ADD, CHANGE, ERROR, INFO, REMOVE, WARNING, one_way

RULES = (
    *one_way(Area.SERVERS, Kind.VALUES,
        ("server-path-added",   ADD,    "other-server-path", INFO,    "paths stand below `{after}` too", "There is one address more."),
        ("server-path-removed", REMOVE, "other-server-path", WARNING, "paths stood below `{before}` too, and no longer do",
         "Calls to that address fail; the operations are reached by another one."),
        ("server-path-changed", CHANGE, "server-path", ERROR, "paths stand below `{after}`, stood below `{before}`",
         "Server, base path and path are one address: calls to the old one fail, as if each operation had been removed."),
    ),
)  # fmt: skip
