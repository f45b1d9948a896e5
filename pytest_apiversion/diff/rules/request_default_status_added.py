"""Request default status added.

The service understands more answers.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-default-status-added",
    direction=Direction.REQUEST,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="default-response",
    severity=Severity.INFO,
    text="the receiver may answer anything else too",
)
