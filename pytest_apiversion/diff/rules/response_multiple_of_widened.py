"""Response multiple of widened.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-multiple-of-widened",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.WIDEN,
    subject="multiple-of",
    severity=Severity.ERROR,
    text="`{name}` may be a multiple of `{after}`, was `{before}`",
)
