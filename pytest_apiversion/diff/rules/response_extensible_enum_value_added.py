"""Response extensible enum value added.

The list was announced to grow.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-extensible-enum-value-added",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.ADD,
    subject="extensible-enum-value",
    severity=Severity.INFO,
    text="`{name}` may be `{after}` (an open list)",
)
