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
    NARROWER,
    REMOVE,
    WARNING,
    WIDER,
    both_ways,
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
    *both_ways(Area.SCHEMA, Kind.STRUCTURE,
        ("*-content-schema-added",   ADD,    "content-schema", (ERROR, INFO), "the text of `{name}`: held to `{after}`", NARROWER),
        ("*-content-schema-removed", REMOVE, "content-schema", (INFO, ERROR), "the text of `{name}`: no longer held to `{before}`", WIDER),
    ),
)  # fmt: skip
