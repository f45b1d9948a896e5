"""Response property sunset moved earlier.

Clients have less time than they were told.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-property-sunset-moved-earlier",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.LIFECYCLE,
    action=Action.DECREASE,
    subject="property-sunset",
    severity=Severity.ERROR,
    text="`{name}` is served until `{after}`, was until `{before}`",
)
