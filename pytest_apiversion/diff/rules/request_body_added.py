"""Request body added.

A request may go without.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-body-added",
    direction=Direction.REQUEST,
    area=Area.BODY,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="optional-body",
    severity=Severity.INFO,
    text="the request may have a body",
)
