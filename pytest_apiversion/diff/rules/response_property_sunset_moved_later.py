"""Response property sunset moved later.

Clients have more time than they were told.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-property-sunset-moved-later",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.LIFECYCLE,
    action=Action.INCREASE,
    subject="property-sunset",
    severity=Severity.INFO,
    text="`{name}` is served until `{after}`, was until `{before}`",
)
