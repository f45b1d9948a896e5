"""Rules about `enum`, `const` and `default` in schemas."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import ADD, CHANGE, ERROR, INFO, NARROWER, REMOVE, WARNING, WIDER, both_ways

RULES = (
    *both_ways(Area.SCHEMA, Kind.VALUES,
        ("*-const-added",                   ADD,    "const",                 (ERROR, INFO),   "`{name}` must be `{after}`, was free", NARROWER),
        ("*-const-changed",                 CHANGE, "const",                 (ERROR, ERROR),  "`{name}` must be `{after}`, was `{before}`",
         ("The only value that was valid no longer is.", "Clients meet a value they were never told of.")),
        ("*-const-removed",                 REMOVE, "const",                 (INFO, ERROR),   "`{name}` is free, was always `{before}`", WIDER),
        ("*-default-added",                 ADD,    "default",               (INFO, INFO),    "`{name}` is `{after}` where it is left out",
         "What a missing value means is now said."),
        ("*-default-changed",               CHANGE, "default",               (WARNING, INFO), "`{name}` is `{after}` where it is left out, was `{before}`",
         ("A request that leaves the value out means something else.", "What a missing value means is said differently.")),
        ("*-default-removed",               REMOVE, "default",               (WARNING, INFO), "`{name}` has no default, was `{before}`",
         ("A request that leaves the value out may come to mean something else.", "What a missing value means is no longer said.")),
        ("*-enum-added",                    ADD,    "enum",                  (ERROR, INFO),   "`{name}` must be one of `{after}`, was free", NARROWER),
        ("*-enum-removed",                  REMOVE, "enum",                  (INFO, WARNING), "`{name}` is free, was one of `{before}`", WIDER),
        ("*-enum-value-added",              ADD,    "enum-value",            (INFO, WARNING), "`{name}` may be `{after}`", WIDER),
        ("*-enum-value-removed",            REMOVE, "enum-value",            (ERROR, INFO),   "`{name}` may no longer be `{before}`", NARROWER),
        ("*-extensible-enum-value-added",   ADD,    "extensible-enum-value", (INFO, INFO),    "`{name}` may be `{after}` (an open list)",
         ("The list is wider.", "The list was announced to grow.")),
        ("*-extensible-enum-value-removed", REMOVE, "extensible-enum-value", (ERROR, INFO),   "`{name}` may no longer be `{before}` (an open list)",
         ("A value that clients send is gone from the list.", "A value that clients know is no longer sent.")),
    ),
)  # fmt: skip
