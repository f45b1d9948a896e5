"""Request undescribed property required.

By the letter, requests without it are refused; more often, a name in `required` that no property has is a slip.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-undescribed-property-required",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.REQUIREDNESS,
    action=Action.NARROW,
    subject="undescribed-required",
    severity=Severity.WARNING,
    text="`{name}`, which nothing describes, must be there",
)
