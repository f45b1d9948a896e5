"""Response extensible enum value removed.

A value that clients know is no longer sent.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-extensible-enum-value-removed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.REMOVE,
    subject="extensible-enum-value",
    severity=Severity.INFO,
    text="`{name}` may no longer be `{before}` (an open list)",
)
