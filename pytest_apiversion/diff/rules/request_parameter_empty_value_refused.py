"""Request parameter empty value refused.

Requests with the bare name are refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-empty-value-refused",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.CONSTRAINTS,
    action=Action.NARROW,
    subject="parameter-empty-value",
    severity=Severity.ERROR,
    text="`{name}` may no longer be empty",
)
