"""Response enum value added.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-enum-value-added",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.ADD,
    subject="enum-value",
    severity=Severity.WARNING,
    text="`{name}` may be `{after}`",
)
