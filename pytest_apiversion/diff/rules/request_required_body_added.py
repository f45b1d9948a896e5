"""Request required body added.

Requests without one, all that exist, are refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-required-body-added",
    direction=Direction.REQUEST,
    area=Area.BODY,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="required-body",
    severity=Severity.ERROR,
    text="the request must have a body",
)
