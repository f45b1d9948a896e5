"""Rules about deprecation, sunset and stability of operations, parameters and properties."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_apiversion.core.contracts.change_rule import Area, Kind, Rule
from pytest_apiversion.diff.rule_table import (
    ADD,
    CHANGE,
    DECREASE,
    ERROR,
    INCREASE,
    INFO,
    REMOVE,
    OneWay,
    both_ways,
    one_way,
)

_MARKED = (
    ("operation", Area.PATHS),
    ("request-parameter", Area.PARAMETERS),
    ("request-property", Area.SCHEMA),
    ("response-property", Area.SCHEMA),
)
"""What carries these marks: how the ids begin, and its area."""


def _marked(*rows: OneWay) -> tuple[Rule, ...]:
    """The rules of a table whose rows are one rule for each thing that carries marks; `*` stands for it."""
    return tuple(rule for start, area in _MARKED for rule in one_way(area, Kind.LIFECYCLE, *_about(start, rows)))


def _about(start: str, rows: tuple[OneWay, ...]) -> Iterator[OneWay]:
    thing = start.rpartition("-")[2]
    for name, action, subject, severity, text, reason in rows:
        yield name.replace("*", start), action, subject.replace("*", thing), severity, text, reason


RULES = (
    *_marked(
        ("*-deprecated",                ADD,      "*-deprecation",                INFO,  "`{name}` is deprecated",
         "A word to clients, who lose nothing yet."),
        ("*-reactivated",               REMOVE,   "*-deprecation",                INFO,  "`{name}` is no longer deprecated",
         "The announcement is taken back."),
        ("*-deprecated-without-sunset", ADD,      "*-deprecation-without-sunset", ERROR, "`{name}` is deprecated, and nobody says until when it is served",
         "The policy asks for a time of grace, which cannot be told without a date."),
        ("*-sunset-too-soon",           CHANGE,   "*-sunset-grace",               ERROR, "`{name}` is served until `{after}`, which is too soon",
         "The time of grace is shorter than the policy asks for."),
        ("*-sunset-added",              ADD,      "*-sunset-date",                INFO,  "`{name}` has a sunset, `{after}`",
         "Clients know until when it is served."),
        ("*-sunset-removed",            REMOVE,   "*-sunset-date",                ERROR, "`{name}` is deprecated, and its sunset `{before}` was removed",
         "Clients no longer know until when it is served."),
        ("*-sunset-moved-later",        INCREASE, "*-sunset",                     INFO,  "`{name}` is served until `{after}`, was until `{before}`",
         "Clients have more time than they were told."),
        ("*-sunset-moved-earlier",      DECREASE, "*-sunset",                     ERROR, "`{name}` is served until `{after}`, was until `{before}`",
         "Clients have less time than they were told."),
        ("*-sunset-invalid",            CHANGE,   "*-sunset-syntax",              ERROR, "`{name}` has a sunset that is no date: `{after}`, was `{before}`",
         "No client can read it."),
        ("*-removed-after-sunset",      REMOVE,   "*-after-sunset",               INFO,  "`{name}` was removed after its sunset, `{before}`",
         "It was announced."),
        ("*-removed-before-sunset",     REMOVE,   "*-before-sunset",              ERROR, "`{name}` was removed before its sunset, `{before}`",
         "Clients were told that they have until then."),
        ("*-stability-increased",       INCREASE, "*-stability",                  INFO,  "`{name}` is `{after}`, was `{before}`",
         "More is promised."),
        ("*-stability-decreased",       DECREASE, "*-stability",                  ERROR, "`{name}` is `{after}`, was `{before}`",
         "What was promised to stay no longer is."),
        ("*-stability-invalid",         CHANGE,   "*-stability-level",            ERROR, "`{name}` has no known stability: `{after}`, was `{before}`",
         "Nobody can tell what is promised; known are draft, alpha, beta and stable."),
    ),
    *one_way(Area.PATHS, Kind.LIFECYCLE,
        ("deprecated-operation-removed", REMOVE, "deprecated-operation", ERROR,   "`{name}`, which was deprecated without a sunset, was removed",
         "Clients were warned, but not told when, and their calls fail."),
        ("unstable-operation-removed",   REMOVE, "unstable-operation",   INFO,    "`{name}`, which was `{before}`, was removed",
         "It was never promised to stay."),
    ),
    *one_way(Area.PARAMETERS, Kind.LIFECYCLE,
        ("request-unstable-parameter-removed", REMOVE, "unstable-parameter", INFO, "`{name}`, which was `{before}`, was removed",
         "It was never promised to stay."),
    ),
    *one_way(Area.HEADERS, Kind.LIFECYCLE,
        ("response-header-deprecated",  ADD,    "parameter-deprecation", INFO, "the header `{name}` is deprecated",
         "A word to clients, who lose nothing yet."),
        ("response-header-reactivated", REMOVE, "parameter-deprecation", INFO, "the header `{name}` is no longer deprecated",
         "The announcement is taken back."),
    ),
    *one_way(Area.SECURITY, Kind.LIFECYCLE,
        ("security-scheme-deprecated",  ADD,    "scheme-deprecation", INFO, "credentials `{name}` are deprecated",
         "A word to clients, who lose nothing yet."),
        ("security-scheme-reactivated", REMOVE, "scheme-deprecation", INFO, "credentials `{name}` are no longer deprecated",
         "The announcement is taken back."),
    ),
    *both_ways(Area.SCHEMA, Kind.LIFECYCLE,
        ("*-unstable-property-removed", REMOVE, "unstable-property", (INFO, INFO), "`{name}`, which was `{before}`, was removed",
         "It was never promised to stay."),
    ),
)  # fmt: skip
