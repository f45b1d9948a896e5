"""Request property rejected.

Requests that have it are refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-rejected",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="property-of-closed-object",
    severity=Severity.ERROR,
    text="`{name}` was removed from an object that takes no other members",
)
