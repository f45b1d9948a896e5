"""Request min items decreased.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-min-items-decreased",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.DECREASE,
    subject="min-items",
    severity=Severity.INFO,
    text="`{name}` has `{after}` as its least number of items, was `{before}`",
)
