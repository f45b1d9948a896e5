"""Rules about `type`, null, `format` and `xml` in schemas."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import CHANGE, ERROR, INFO, NARROW, NARROWER, WARNING, WIDEN, WIDER, both_ways

RULES = (
    *both_ways(Area.SCHEMA, Kind.REQUIREDNESS,
        ("*-became-not-nullable", NARROW, "null", (ERROR, INFO), "`{name}` may no longer be null", NARROWER),
        ("*-became-nullable",     WIDEN,  "null", (INFO, ERROR), "`{name}` may be null", WIDER),
    ),
    *both_ways(Area.SCHEMA, Kind.TYPE,
        ("*-format-changed",      CHANGE, "format",      (ERROR, ERROR),     "`{name}` has the format `{after}`, was `{before}`",
         ("Values of the old format may now be refused.", "Clients may meet values of a format they were never told of.")),
        ("*-format-narrowed",     NARROW, "format",      (ERROR, INFO),      "`{name}` must have the format `{after}`, was `{before}`", NARROWER),
        ("*-format-widened",      WIDEN,  "format",      (INFO, ERROR),      "`{name}` has the format `{after}`, was `{before}`", WIDER),
        ("*-format-hint-changed", CHANGE, "format-hint", (INFO, INFO),       "`{name}` carries the format `{after}`, was `{before}`",
         "Neither OpenAPI nor JSON Schema defines such a format for values of that type, so that nothing follows from it."),
        ("*-type-changed",        CHANGE, "type",        (ERROR, ERROR),     "`{name}` is `{after}`, was `{before}`",
         ("Values of the old type may now be refused.", "Clients may meet values of a type they were never told of.")),
        ("*-type-narrowed",       NARROW, "type",        (ERROR, INFO),      "`{name}` may only be `{after}`, was `{before}`", NARROWER),
        ("*-type-widened",        WIDEN,  "type",        (INFO, ERROR),      "`{name}` may be `{after}`, was `{before}`", WIDER),
        ("*-xml-changed",         CHANGE, "xml",         (WARNING, WARNING), "`{name}` is written in XML as `{after}`, was `{before}`",
         ("XML of the old shape may not be understood.", "XML of the new shape may not be understood.")),
    ),
)  # fmt: skip
