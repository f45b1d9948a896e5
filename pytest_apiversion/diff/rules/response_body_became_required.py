"""Response body became required.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-body-became-required",
    direction=Direction.RESPONSE,
    area=Area.BODY,
    kind=Kind.REQUIREDNESS,
    action=Action.NARROW,
    subject="body-required",
    severity=Severity.INFO,
    text="what the service sends always has a body",
)
