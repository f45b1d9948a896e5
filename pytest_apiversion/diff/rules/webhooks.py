"""Rules about webhooks."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import ADD, ERROR, INFO, REMOVE, one_way

RULES = (
    *one_way(Area.WEBHOOKS, Kind.EXISTENCE,
        ("webhook-added",   ADD,    "webhook", INFO,  "the webhook `{name}` was added", "A client registers for it or does not."),
        ("webhook-removed", REMOVE, "webhook", ERROR, "the webhook `{name}` was removed", "Clients wait for calls that do not come."),
    ),
)  # fmt: skip
