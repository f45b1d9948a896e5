"""Response unevaluated items opened.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-unevaluated-items-opened",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.WIDEN,
    subject="unevaluated-items",
    severity=Severity.ERROR,
    text="`{name}` may have items it does not describe",
)
