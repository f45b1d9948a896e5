"""Rules about the headers of responses."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import ADD, CHANGE, ERROR, INFO, NARROW, REMOVE, WARNING, WIDEN, one_way

RULES = (
    *one_way(Area.HEADERS, Kind.EXISTENCE,
        ("response-header-added",            ADD,    "optional-header", INFO,    "the header `{name}` was added",
         "Clients ignore headers they do not know."),
        ("response-header-removed",          REMOVE, "optional-header", WARNING, "the header `{name}` was removed",
         "A client had to do without it sometimes, and now must always."),
        ("response-required-header-added",   ADD,    "required-header", INFO,    "the header `{name}` was added, and is always there",
         "Clients ignore headers they do not know."),
        ("response-required-header-removed", REMOVE, "required-header", ERROR,   "the header `{name}` was removed, and was always there",
         "Clients were told that it is always there."),
    ),
    *one_way(Area.HEADERS, Kind.REQUIREDNESS,
        ("response-header-became-optional", WIDEN,  "header-required", ERROR, "the header `{name}` may be missing",
         "Clients were told that it is always there."),
        ("response-header-became-required", NARROW, "header-required", INFO,  "the header `{name}` is always there",
         "Every response is still one that clients were told of."),
    ),
    *one_way(Area.HEADERS, Kind.TYPE,
        ("response-header-content-changed", CHANGE, "parameter-content", ERROR, "the header `{name}` is written as `{after}`, was `{before}`",
         "Clients read the same text as another value."),
        ("response-header-style-changed",   CHANGE, "parameter-style",   ERROR, "the header `{name}` is written as `{after}`, was `{before}`",
         "Clients read the same text as another value."),
    ),
)  # fmt: skip
