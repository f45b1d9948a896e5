"""Request property removed after sunset.

It was announced.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-removed-after-sunset",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.LIFECYCLE,
    action=Action.REMOVE,
    subject="property-after-sunset",
    severity=Severity.INFO,
    text="`{name}` was removed after its sunset, `{before}`",
)
