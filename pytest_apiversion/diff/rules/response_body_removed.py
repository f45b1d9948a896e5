"""Response body removed.

Receivers were told that there is one.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-body-removed",
    direction=Direction.RESPONSE,
    area=Area.BODY,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="optional-body",
    severity=Severity.ERROR,
    text="what the service sends has no body",
)
