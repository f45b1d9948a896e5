"""Response min items decreased.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-min-items-decreased",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.DECREASE,
    subject="min-items",
    severity=Severity.ERROR,
    text="`{name}` has `{after}` as its least number of items, was `{before}`",
)
