"""Request const removed.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-const-removed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.REMOVE,
    subject="const",
    severity=Severity.INFO,
    text="`{name}` is free, was always `{before}`",
)
