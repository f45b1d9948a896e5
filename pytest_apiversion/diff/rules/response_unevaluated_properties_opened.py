"""Response unevaluated properties opened.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-unevaluated-properties-opened",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.WIDEN,
    subject="unevaluated-properties",
    severity=Severity.ERROR,
    text="`{name}` may have members it does not name",
)
