"""Request multiple of widened.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-multiple-of-widened",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.WIDEN,
    subject="multiple-of",
    severity=Severity.INFO,
    text="`{name}` may be a multiple of `{after}`, was `{before}`",
)
