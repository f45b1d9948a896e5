"""Rules about `minimum`, `maximum` and `multipleOf` in schemas."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import (
    CHANGE,
    DECREASE,
    ERROR,
    INCREASE,
    INFO,
    NARROW,
    NARROWER,
    WIDEN,
    WIDER,
    both_ways,
)

RULES = (
    *both_ways(Area.SCHEMA, Kind.CONSTRAINTS,
        ("*-maximum-decreased",    DECREASE, "maximum",     (ERROR, INFO),  "`{name}` has `{after}` as its greatest value, was `{before}`", NARROWER),
        ("*-maximum-increased",    INCREASE, "maximum",     (INFO, ERROR),  "`{name}` has `{after}` as its greatest value, was `{before}`", WIDER),
        ("*-minimum-decreased",    DECREASE, "minimum",     (INFO, ERROR),  "`{name}` has `{after}` as its least value, was `{before}`", WIDER),
        ("*-minimum-increased",    INCREASE, "minimum",     (ERROR, INFO),  "`{name}` has `{after}` as its least value, was `{before}`", NARROWER),
        ("*-multiple-of-changed",  CHANGE,   "multiple-of", (ERROR, ERROR), "`{name}` must be a multiple of `{after}`, was `{before}`",
         ("Multiples of the old number may now be refused.", "Clients may meet numbers they were never told of.")),
        ("*-multiple-of-narrowed", NARROW,   "multiple-of", (ERROR, INFO),  "`{name}` must be a multiple of `{after}`, was `{before}`", NARROWER),
        ("*-multiple-of-widened",  WIDEN,    "multiple-of", (INFO, ERROR),  "`{name}` may be a multiple of `{after}`, was `{before}`", WIDER),
    ),
)  # fmt: skip
