"""Request parameter sunset too soon.

The time of grace is shorter than the policy asks for.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-sunset-too-soon",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.LIFECYCLE,
    action=Action.CHANGE,
    subject="parameter-sunset-grace",
    severity=Severity.ERROR,
    text="`{name}` is served until `{after}`, which is too soon",
)
