"""Response max items increased.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-max-items-increased",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.INCREASE,
    subject="max-items",
    severity=Severity.ERROR,
    text="`{name}` has `{after}` as its greatest number of items, was `{before}`",
)
