"""Request parameter became optional.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-became-optional",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.REQUIREDNESS,
    action=Action.WIDEN,
    subject="parameter-required",
    severity=Severity.INFO,
    text="`{name}` may be left out",
)
