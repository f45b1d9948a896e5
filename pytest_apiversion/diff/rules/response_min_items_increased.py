"""Response min items increased.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-min-items-increased",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.INCREASE,
    subject="min-items",
    severity=Severity.INFO,
    text="`{name}` has `{after}` as its least number of items, was `{before}`",
)
