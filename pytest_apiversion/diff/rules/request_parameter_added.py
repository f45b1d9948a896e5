"""Request parameter added.

A request may leave it out.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-added",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="optional-parameter",
    severity=Severity.INFO,
    text="`{name}` was added",
)
