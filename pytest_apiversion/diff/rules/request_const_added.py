"""Request const added.

Requests that were valid may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-const-added",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.ADD,
    subject="const",
    severity=Severity.ERROR,
    text="`{name}` must be `{after}`, was free",
)
