"""Response const changed.

Clients meet a value they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-const-changed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.CHANGE,
    subject="const",
    severity=Severity.ERROR,
    text="`{name}` must be `{after}`, was `{before}`",
)
