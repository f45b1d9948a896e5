"""Operation sunset moved earlier.

Clients have less time than they were told.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="operation-sunset-moved-earlier",
    direction=Direction.NONE,
    area=Area.PATHS,
    kind=Kind.LIFECYCLE,
    action=Action.DECREASE,
    subject="operation-sunset",
    severity=Severity.ERROR,
    text="`{name}` is served until `{after}`, was until `{before}`",
)
