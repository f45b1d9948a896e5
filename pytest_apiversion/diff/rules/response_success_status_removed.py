"""Response success status removed.

Clients wait for a status that does not come.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-success-status-removed",
    direction=Direction.RESPONSE,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="success-status",
    severity=Severity.ERROR,
    text="the answer is no longer `{name}`",
)
