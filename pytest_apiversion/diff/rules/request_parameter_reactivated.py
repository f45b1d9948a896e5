"""Request parameter reactivated.

The announcement is taken back.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-reactivated",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.LIFECYCLE,
    action=Action.REMOVE,
    subject="parameter-deprecation",
    severity=Severity.INFO,
    text="`{name}` is no longer deprecated",
)
