"""Request error status added.

The service understands one answer more.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-error-status-added",
    direction=Direction.REQUEST,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="error-status",
    severity=Severity.INFO,
    text="the receiver may answer `{name}`",
)
