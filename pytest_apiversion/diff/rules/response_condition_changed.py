"""Response condition changed.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-condition-changed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.CHANGE,
    subject="condition",
    severity=Severity.ERROR,
    text="`{name}` under a condition: `{after}`, was `{before}`",
)
