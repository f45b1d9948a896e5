"""How a table of rules is written: one row is one rule, or one rule and its mirror image.

The columns are id, action, subject, severity, text and reason. Area and kind are those of the table.

What stands last is the profile of those who want the letter: what weighs more than clients usually feel. The weights of the rules themselves say
what clients feel: new values of an answer's `enum` or an optional member that vanishes are a warning, for APIs grow, and a client had to do
without the member sometimes. Under this profile they break clients, as the contract has it.
"""

from __future__ import annotations

from collections.abc import Mapping

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

ADD, REMOVE, CHANGE = Action.ADD, Action.REMOVE, Action.CHANGE
INCREASE, DECREASE = Action.INCREASE, Action.DECREASE
WIDEN, NARROW = Action.WIDEN, Action.NARROW
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

OneWay = tuple[str, Action, str, Severity, str, str]
"""A row for one rule. Its direction is the first word of its id; an id that begins with neither has none."""

BothWays = tuple[str, Action, str, tuple[Severity, Severity], str, str | tuple[str, str]]
"""A row for two rules: `*` in the id stands for the direction. Severities, and reasons that differ, are the request's and the response's."""

NARROWER = ("Requests that were valid may now be refused.", "Every response is still one that clients were told of.")
"""Why it matters that fewer values are valid."""

WIDER = ("Every request that was valid still is.", "Clients may meet responses they were never told of.")
"""Why it matters that more values are valid."""

_DIRECTIONS = {way.value: way for way in (Direction.REQUEST, Direction.RESPONSE)}


def one_way(area: Area, kind: Kind, *rows: OneWay) -> tuple[Rule, ...]:
    """The rules of a table whose rows are one rule each."""
    return tuple(_rule(area, kind, *row) for row in rows)


def both_ways(area: Area, kind: Kind, *rows: BothWays) -> tuple[Rule, ...]:
    """The rules of a table whose rows are two rules each: about a request, and about a response."""
    made = []
    for name, action, subject, severities, text, reason in rows:
        reasons = (reason, reason) if isinstance(reason, str) else reason
        for way, severity, why in zip(_DIRECTIONS, severities, reasons, strict=True):
            made.append(_rule(area, kind, name.replace("*", way), action, subject, severity, text, why))
    return tuple(made)


def _rule(
    area: Area, kind: Kind, name: str, action: Action, subject: str, severity: Severity, text: str, reason: str
) -> Rule:
    direction = _DIRECTIONS.get(name.partition("-")[0], Direction.NONE)
    return Rule(name, direction, area, kind, action, subject, severity, text, reason)


STRICT: Mapping[str, Severity] = dict.fromkeys(
    (
        "operation-taken-over",
        "request-one-of-overlapping",
        "request-parameter-moved",
        "request-parameter-removed",
        "request-parameter-respelled",
        "request-pattern-changed",
        "request-required-parameter-removed",
        "request-undescribed-property-required",
        "response-additional-properties-opened",
        "response-any-of-alternative-added",
        "response-default-status-removed",
        "response-enum-removed",
        "response-enum-value-added",
        "response-header-removed",
        "response-media-type-left-to-range",
        "response-one-of-ambiguous",
        "response-optional-property-removed",
        "response-pattern-changed",
        "response-pattern-removed",
        "response-pattern-widened",
        "response-property-became-write-only",
        "response-success-status-left-to-default",
        "response-success-status-unlike-default",
        "response-undescribed-property-not-required",
        "security-flow-removed",
        "response-unevaluated-properties-opened",
    ),
    Severity.ERROR,
)
"""Severity by rule id where the letter weighs more."""
