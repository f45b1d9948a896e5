"""Request property became optional.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-became-optional",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.REQUIREDNESS,
    action=Action.WIDEN,
    subject="required",
    severity=Severity.INFO,
    text="`{name}` may be missing",
)
