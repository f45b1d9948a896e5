"""Request unevaluated properties opened.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-unevaluated-properties-opened",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.WIDEN,
    subject="unevaluated-properties",
    severity=Severity.INFO,
    text="`{name}` may have members it does not name",
)
