"""Response body added.

Receivers ignore what they do not know.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-body-added",
    direction=Direction.RESPONSE,
    area=Area.BODY,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="optional-body",
    severity=Severity.INFO,
    text="what the service sends has a body",
)
