"""How a table of rules is written: one row is one rule, or one rule and its mirror image.

The columns are id, action, subject, severity, text and reason. Area and kind are those of the table.
"""

from __future__ import annotations

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
