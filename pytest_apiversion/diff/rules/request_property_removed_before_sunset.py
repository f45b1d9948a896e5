"""Request property removed before sunset.

Clients were told that they have until then.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-removed-before-sunset",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.LIFECYCLE,
    action=Action.REMOVE,
    subject="property-before-sunset",
    severity=Severity.ERROR,
    text="`{name}` was removed before its sunset, `{before}`",
)
