"""Request parameter empty value allowed.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-empty-value-allowed",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.CONSTRAINTS,
    action=Action.WIDEN,
    subject="parameter-empty-value",
    severity=Severity.INFO,
    text="`{name}` may be empty",
)
