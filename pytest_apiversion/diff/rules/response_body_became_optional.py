"""Response body became optional.

Receivers were told that there is one.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-body-became-optional",
    direction=Direction.RESPONSE,
    area=Area.BODY,
    kind=Kind.REQUIREDNESS,
    action=Action.WIDEN,
    subject="body-required",
    severity=Severity.ERROR,
    text="what the service sends may lack a body",
)
