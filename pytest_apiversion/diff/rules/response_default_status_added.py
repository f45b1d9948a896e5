"""Response default status added.

More is said.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-default-status-added",
    direction=Direction.RESPONSE,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="default-response",
    severity=Severity.INFO,
    text="answers of other statuses are described",
)
