"""Request body became required.

Requests without one are refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-body-became-required",
    direction=Direction.REQUEST,
    area=Area.BODY,
    kind=Kind.REQUIREDNESS,
    action=Action.NARROW,
    subject="body-required",
    severity=Severity.ERROR,
    text="the request must have a body",
)
