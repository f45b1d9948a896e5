"""Response default status removed.

Clients may rely on the shape of an error.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-default-status-removed",
    direction=Direction.RESPONSE,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="default-response",
    severity=Severity.WARNING,
    text="answers of other statuses are no longer described",
)
