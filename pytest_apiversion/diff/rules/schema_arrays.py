"""Rules about items in schemas of arrays."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import (
    ADD,
    DECREASE,
    ERROR,
    INCREASE,
    INFO,
    NARROW,
    NARROWER,
    REMOVE,
    WIDEN,
    WIDER,
    both_ways,
)

RULES = (
    *both_ways(Area.SCHEMA, Kind.CONSTRAINTS,
        ("*-max-contains-decreased",   DECREASE, "max-contains",      (ERROR, INFO), "`{name}` has `{after}` as its greatest number of items of the kind, was `{before}`", NARROWER),
        ("*-max-contains-increased",   INCREASE, "max-contains",      (INFO, ERROR), "`{name}` has `{after}` as its greatest number of items of the kind, was `{before}`", WIDER),
        ("*-max-items-decreased",      DECREASE, "max-items",         (ERROR, INFO), "`{name}` has `{after}` as its greatest number of items, was `{before}`", NARROWER),
        ("*-max-items-increased",      INCREASE, "max-items",         (INFO, ERROR), "`{name}` has `{after}` as its greatest number of items, was `{before}`", WIDER),
        ("*-min-contains-decreased",   DECREASE, "min-contains",      (INFO, ERROR), "`{name}` has `{after}` as its least number of items of the kind, was `{before}`", WIDER),
        ("*-min-contains-increased",   INCREASE, "min-contains",      (ERROR, INFO), "`{name}` has `{after}` as its least number of items of the kind, was `{before}`", NARROWER),
        ("*-min-items-decreased",      DECREASE, "min-items",         (INFO, ERROR), "`{name}` has `{after}` as its least number of items, was `{before}`", WIDER),
        ("*-min-items-increased",      INCREASE, "min-items",         (ERROR, INFO), "`{name}` has `{after}` as its least number of items, was `{before}`", NARROWER),
        ("*-unevaluated-items-closed", NARROW,   "unevaluated-items", (ERROR, INFO), "`{name}` takes no items but those it describes", NARROWER),
        ("*-unevaluated-items-opened", WIDEN,    "unevaluated-items", (INFO, ERROR), "`{name}` may have items it does not describe", WIDER),
        ("*-unique-items-added",       ADD,      "unique-items",      (ERROR, INFO), "items of `{name}` must differ", NARROWER),
        ("*-unique-items-removed",     REMOVE,   "unique-items",      (INFO, ERROR), "items of `{name}` may repeat", WIDER),
    ),
    *both_ways(Area.SCHEMA, Kind.STRUCTURE,
        ("*-contains-added",      ADD,    "contains",    (ERROR, INFO), "items of `{name}` that are counted: held to `{after}`", NARROWER),
        ("*-contains-removed",    REMOVE, "contains",    (INFO, ERROR), "items of `{name}` that are counted: no longer held to `{before}`", WIDER),
        ("*-prefix-item-added",   ADD,    "prefix-item", (ERROR, INFO), "items of `{name}` by their order: held to `{after}`", NARROWER),
        ("*-prefix-item-removed", REMOVE, "prefix-item", (INFO, ERROR), "items of `{name}` by their order: no longer held to `{before}`", WIDER),
    ),
)  # fmt: skip
