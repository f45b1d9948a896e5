"""Request property sunset added.

Clients know until when it is served.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-sunset-added",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.LIFECYCLE,
    action=Action.ADD,
    subject="property-sunset-date",
    severity=Severity.INFO,
    text="`{name}` has a sunset, `{after}`",
)
