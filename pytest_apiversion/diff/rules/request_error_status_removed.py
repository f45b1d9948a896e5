"""Request error status removed.

Receivers may answer what the service no longer understands.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-error-status-removed",
    direction=Direction.REQUEST,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="error-status",
    severity=Severity.WARNING,
    text="the receiver may no longer answer `{name}`",
)
