"""Request success status removed.

Receivers answer what the service no longer takes for a success.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-success-status-removed",
    direction=Direction.REQUEST,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="success-status",
    severity=Severity.ERROR,
    text="the receiver may no longer answer `{name}`",
)
