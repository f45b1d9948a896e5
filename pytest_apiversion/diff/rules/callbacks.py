"""Rules about callbacks."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import ADD, ERROR, INFO, REMOVE, one_way

RULES = (
    *one_way(Area.CALLBACKS, Kind.EXISTENCE,
        ("callback-added",   ADD,    "callback", INFO,  "the callback `{name}` was added", "A client registers for it or does not."),
        ("callback-removed", REMOVE, "callback", ERROR, "the callback `{name}` was removed", "Clients wait for calls that do not come."),
    ),
)  # fmt: skip
