"""Rules about parameters."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import ADD, CHANGE, ERROR, INFO, NARROW, REMOVE, WARNING, WIDEN, one_way

RULES = (
    *one_way(Area.PARAMETERS, Kind.EXISTENCE,
        ("request-parameter-added",            ADD,    "optional-parameter", INFO,    "`{name}` was added", "A request may leave it out."),
        ("request-parameter-removed",          REMOVE, "optional-parameter", WARNING, "`{name}` was removed",
         "Requests that have it are usually still accepted, but what it says is no longer heard."),
        ("request-required-parameter-added",   ADD,    "required-parameter", ERROR,   "`{name}` was added, and must be there",
         "Requests without it, all that exist, are refused."),
        ("request-required-parameter-removed", REMOVE, "required-parameter", WARNING, "`{name}`, which had to be there, was removed",
         "Requests that have it are usually still accepted, but what it says is no longer heard."),
    ),
    *one_way(Area.PARAMETERS, Kind.REQUIREDNESS,
        ("request-parameter-became-optional", WIDEN,  "parameter-required", INFO,  "`{name}` may be left out",
         "Every request that was valid still is."),
        ("request-parameter-became-required", NARROW, "parameter-required", ERROR, "`{name}` must be there", "Requests without it are refused."),
    ),
    *one_way(Area.PARAMETERS, Kind.TYPE,
        ("request-parameter-content-changed", CHANGE, "parameter-content", ERROR, "`{name}` is written as `{after}`, was `{before}`",
         "The service reads the same text as another value."),
        ("request-parameter-style-changed",   CHANGE, "parameter-style",   ERROR, "`{name}` is written as `{after}`, was `{before}`",
         "The service reads the same text as another value."),
    ),
    *one_way(Area.PARAMETERS, Kind.VALUES,
        ("request-parameter-default-added",   ADD,    "parameter-default", ERROR, "`{name}` is `{after}` where it is left out, was as if absent",
         "A request that leaves it out comes to mean something else."),
        ("request-parameter-default-changed", CHANGE, "parameter-default", ERROR, "`{name}` is `{after}` where it is left out, was `{before}`",
         "A request that leaves it out means something else."),
        ("request-parameter-default-removed", REMOVE, "parameter-default", ERROR, "`{name}` has no default, was `{before}`",
         "A request that leaves it out comes to mean something else."),
    ),
    *one_way(Area.PARAMETERS, Kind.CONSTRAINTS,
        ("request-parameter-empty-value-allowed", WIDEN,  "parameter-empty-value", INFO,  "`{name}` may be empty",
         "Every request that was valid still is."),
        ("request-parameter-reserved-characters-allowed", WIDEN,  "parameter-reserved-characters", INFO,  "`{name}` may have reserved characters as they are",
         "Characters that are percent-encoded are still understood."),
        ("request-parameter-reserved-characters-refused", NARROW, "parameter-reserved-characters", ERROR, "`{name}` must have reserved characters percent-encoded",
         "Requests that have them as they are, as they were told to, are refused or read in another way."),
        ("request-parameter-empty-value-refused", NARROW, "parameter-empty-value", ERROR, "`{name}` may no longer be empty",
         "Requests with the bare name are refused."),
    ),
)  # fmt: skip
