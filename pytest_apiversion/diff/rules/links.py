"""Rules about links."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import ADD, CHANGE, INFO, REMOVE, WARNING, one_way

RULES = (
    *one_way(Area.LINKS, Kind.EXISTENCE,
        ("link-added",   ADD,    "link", INFO,    "the link `{name}` was added", "More is offered."),
        ("link-removed", REMOVE, "link", WARNING, "the link `{name}` was removed", "Clients that follow it have to find their own way."),
    ),
    *one_way(Area.LINKS, Kind.STRUCTURE,
        ("link-changed", CHANGE, "link", WARNING, "the link `{name}` leads to `{after}`, led to `{before}`",
         "Clients that follow it come to another place."),
    ),
)  # fmt: skip
