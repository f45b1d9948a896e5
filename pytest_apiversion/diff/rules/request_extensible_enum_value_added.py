"""Request extensible enum value added.

The list is wider.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-extensible-enum-value-added",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.ADD,
    subject="extensible-enum-value",
    severity=Severity.INFO,
    text="`{name}` may be `{after}` (an open list)",
)
