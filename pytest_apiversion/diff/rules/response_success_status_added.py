"""Response success status added.

A client that judges by the class of the status is well.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-success-status-added",
    direction=Direction.RESPONSE,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="success-status",
    severity=Severity.INFO,
    text="the answer may be `{name}`",
)
