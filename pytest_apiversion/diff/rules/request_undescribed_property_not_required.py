"""Request undescribed property not required.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-undescribed-property-not-required",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.REQUIREDNESS,
    action=Action.WIDEN,
    subject="undescribed-required",
    severity=Severity.INFO,
    text="`{name}`, which nothing describes, may be missing",
)
