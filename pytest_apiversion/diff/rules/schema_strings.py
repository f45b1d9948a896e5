"""Rules about lengths, `pattern` and the content keywords in schemas of strings."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import (
    ADD,
    CHANGE,
    DECREASE,
    ERROR,
    INCREASE,
    INFO,
    NARROW,
    NARROWER,
    REMOVE,
    WARNING,
    WIDEN,
    WIDER,
    both_ways,
    one_way,
)

RULES = (
    *both_ways(Area.SCHEMA, Kind.TYPE,
        ("*-content-encoding-changed",   CHANGE, "content-encoding",   (ERROR, ERROR), "the text of `{name}` is encoded as `{after}`, was `{before}`",
         ("The service reads the text in another way.", "Clients read the text in another way.")),
        ("*-content-media-type-changed", CHANGE, "content-media-type", (ERROR, ERROR), "the text of `{name}` is `{after}`, was `{before}`",
         ("The service reads the text in another way.", "Clients read the text in another way.")),
    ),
    *both_ways(Area.SCHEMA, Kind.CONSTRAINTS,
        ("*-max-length-decreased", DECREASE, "max-length", (ERROR, INFO),      "`{name}` has `{after}` as its greatest length, was `{before}`", NARROWER),
        ("*-max-length-increased", INCREASE, "max-length", (INFO, ERROR),      "`{name}` has `{after}` as its greatest length, was `{before}`", WIDER),
        ("*-min-length-decreased", DECREASE, "min-length", (INFO, ERROR),      "`{name}` has `{after}` as its least length, was `{before}`", WIDER),
        ("*-min-length-increased", INCREASE, "min-length", (ERROR, INFO),      "`{name}` has `{after}` as its least length, was `{before}`", NARROWER),
        ("*-pattern-added",        ADD,      "pattern",    (ERROR, INFO),      "`{name}` must match `{after}`", NARROWER),
        ("*-pattern-changed",      CHANGE,   "pattern",    (WARNING, WARNING), "`{name}` must match `{after}`, was `{before}`",
         "Whether one pattern holds all the other holds cannot be decided in general; the witness shows it where one is found."),
        ("*-pattern-removed",      REMOVE,   "pattern",    (INFO, WARNING),    "`{name}` need not match `{before}`", WIDER),
    ),
    *one_way(Area.SCHEMA, Kind.CONSTRAINTS,
        ("request-pattern-narrowed",  NARROW, "pattern", ERROR,   "`{name}` must match `{after}`, which some of what matched `{before}` does not", NARROWER[0]),
        ("request-pattern-widened",   WIDEN,  "pattern", INFO,    "`{name}` must match `{after}`, as all does that matched `{before}`", WIDER[0]),
        ("response-pattern-narrowed", NARROW, "pattern", INFO,    "`{name}` matches `{after}`, and with that `{before}` as it did", NARROWER[1]),
        ("response-pattern-widened",  WIDEN,  "pattern", WARNING, "`{name}` matches `{after}`, and no longer always `{before}`", WIDER[1]),
    ),
    *both_ways(Area.SCHEMA, Kind.STRUCTURE,
        ("*-content-schema-added",   ADD,    "content-schema", (ERROR, INFO), "the text of `{name}`: held to `{after}`", NARROWER),
        ("*-content-schema-removed", REMOVE, "content-schema", (INFO, ERROR), "the text of `{name}`: no longer held to `{before}`", WIDER),
    ),
)  # fmt: skip
