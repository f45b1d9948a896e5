"""Request parameter sunset moved earlier.

Clients have less time than they were told.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-sunset-moved-earlier",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.LIFECYCLE,
    action=Action.DECREASE,
    subject="parameter-sunset",
    severity=Severity.ERROR,
    text="`{name}` is served until `{after}`, was until `{before}`",
)
