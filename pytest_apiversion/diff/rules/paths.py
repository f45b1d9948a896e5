"""Rules about operations: which there are, and what they are called."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import ADD, CHANGE, ERROR, INFO, REMOVE, WARNING, one_way

RULES = (
    *one_way(Area.PATHS, Kind.EXISTENCE,
        ("operation-added",   ADD,    "operation", INFO,  "`{name}` was added", "Nobody has to call it."),
        ("operation-removed", REMOVE, "operation", ERROR, "`{name}` was removed", "Calls of it fail."),
    ),
    *one_way(Area.PATHS, Kind.STRUCTURE,
        ("operation-taken-over", CHANGE, "operation-template", WARNING, "`{name}` takes calls that `{before}` answered, and answers otherwise",
         "By the letter those calls break; more often nobody has a thing of that name."),
    ),
    *one_way(Area.PATHS, Kind.VALUES,
        ("operation-id-changed",   CHANGE, "operation-id",   INFO, "`{name}` has the operationId `{after}`, was `{before}`",
         "Nothing changes on the wire, though generated clients may rename a method."),
        ("operation-tags-changed", CHANGE, "operation-tags", INFO, "`{name}` has the tags `{after}`, was `{before}`", "Nothing changes on the wire."),
    ),
)  # fmt: skip
