"""Response undescribed property required.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-undescribed-property-required",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.REQUIREDNESS,
    action=Action.NARROW,
    subject="undescribed-required",
    severity=Severity.INFO,
    text="`{name}`, which nothing describes, must be there",
)
