"""Request required parameter added.

Requests without it, all that exist, are refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-required-parameter-added",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="required-parameter",
    severity=Severity.ERROR,
    text="`{name}` was added, and must be there",
)
