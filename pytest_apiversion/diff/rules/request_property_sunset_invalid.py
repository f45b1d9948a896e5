"""Request property sunset invalid.

No client can read it.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-sunset-invalid",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.LIFECYCLE,
    action=Action.CHANGE,
    subject="property-sunset-syntax",
    severity=Severity.ERROR,
    text="`{name}` has a sunset that is no date: `{after}`, was `{before}`",
)
