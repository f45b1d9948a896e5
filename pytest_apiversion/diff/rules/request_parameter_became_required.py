"""Request parameter became required.

Requests without it are refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-became-required",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.REQUIREDNESS,
    action=Action.NARROW,
    subject="parameter-required",
    severity=Severity.ERROR,
    text="`{name}` must be there",
)
