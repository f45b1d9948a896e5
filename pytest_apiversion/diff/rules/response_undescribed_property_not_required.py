"""Response undescribed property not required.

By the letter, clients were told that it is always there; more often, a name in `required` that no property has is a slip.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-undescribed-property-not-required",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.REQUIREDNESS,
    action=Action.WIDEN,
    subject="undescribed-required",
    severity=Severity.WARNING,
    text="`{name}`, which nothing describes, may be missing",
)
