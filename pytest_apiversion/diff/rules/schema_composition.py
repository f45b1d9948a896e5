"""Rules about `oneOf`, `anyOf`, `not`, `if` and `discriminator` in schemas."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import (
    ADD,
    CHANGE,
    ERROR,
    INFO,
    NARROWER,
    REMOVE,
    WARNING,
    WIDER,
    both_ways,
    one_way,
)

RULES = (
    *both_ways(Area.SCHEMA, Kind.STRUCTURE,
        ("*-alternative-added",             ADD,    "alternative",           (INFO, ERROR),      "`{name}` may be `{after}`", WIDER),
        ("*-alternative-removed",           REMOVE, "alternative",           (ERROR, INFO),      "`{name}` may no longer be `{before}`", NARROWER),
        ("*-alternatives-added",            ADD,    "alternatives",          (ERROR, INFO),      "`{name}` must be one of `{after}`", NARROWER),
        ("*-alternatives-removed",          REMOVE, "alternatives",          (INFO, ERROR),      "`{name}` need not be one of `{before}`", WIDER),
        ("*-condition-added",               ADD,    "condition",             (ERROR, INFO),      "`{name}` under a condition: held to `{after}`", NARROWER),
        ("*-condition-changed",             CHANGE, "condition",             (ERROR, ERROR),     "`{name}` under a condition: `{after}`, was `{before}`",
         ("Requests that were valid may now be refused.", "Clients may meet responses they were never told of.")),
        ("*-condition-removed",             REMOVE, "condition",             (INFO, ERROR),      "`{name}` under a condition: no longer held to `{before}`", WIDER),
        ("*-discriminator-added",           ADD,    "discriminator",         (INFO, INFO),       "`{name}` is told apart by `{after}`",
         "What tells the alternatives apart is a hint; their schemas are compared."),
        ("*-discriminator-changed",         CHANGE, "discriminator",         (WARNING, WARNING), "`{name}` is told apart by `{after}`, was by `{before}`",
         ("A service may read the new member only.", "A client may read the old member only.")),
        ("*-discriminator-removed",         REMOVE, "discriminator",         (INFO, INFO),       "`{name}` is told apart by `{before}` no longer",
         "What tells the alternatives apart is a hint; their schemas are compared."),
        ("*-discriminator-mapping-added",   ADD,    "discriminator-mapping", (INFO, INFO),       "`{after}` names an alternative of `{name}`",
         ("There is one name more.", "The alternative it names is compared by itself.")),
        ("*-discriminator-mapping-changed", CHANGE, "discriminator-mapping", (WARNING, WARNING), "a name means the alternative `{after}` of `{name}`, meant `{before}`",
         "The same name leads to another schema."),
        ("*-discriminator-mapping-removed", REMOVE, "discriminator-mapping", (WARNING, INFO),    "`{before}` no longer names an alternative of `{name}`",
         ("A name that clients send is gone.", "A name that clients know is no longer sent.")),
        ("*-not-added",                     ADD,    "not",                   (ERROR, INFO),      "`{name}`, what it must not be: held to `{after}`", NARROWER),
        ("*-not-changed",                   CHANGE, "not",                   (ERROR, ERROR),     "`{name}`, what it must not be: `{after}`, was `{before}`",
         ("Requests that were valid may now be refused.", "Clients may meet responses they were never told of.")),
        ("*-not-removed",                   REMOVE, "not",                   (INFO, ERROR),      "`{name}`, what it must not be: no longer held to `{before}`", WIDER),
    ),
    *one_way(Area.SCHEMA, Kind.STRUCTURE,
        ("response-any-of-alternative-added", ADD, "any-of-alternative", WARNING, "`{name}` may be `{after}`",
         "By the letter clients were never told of it, and yet how many APIs grow."),
    ),
)  # fmt: skip
