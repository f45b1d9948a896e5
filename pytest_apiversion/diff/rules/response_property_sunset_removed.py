"""Response property sunset removed.

Clients no longer know until when it is served.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-property-sunset-removed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.LIFECYCLE,
    action=Action.REMOVE,
    subject="property-sunset-date",
    severity=Severity.ERROR,
    text="`{name}` is deprecated, and its sunset `{before}` was removed",
)
