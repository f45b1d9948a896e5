"""Request default added.

What a missing value means is now said.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-default-added",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.ADD,
    subject="default",
    severity=Severity.INFO,
    text="`{name}` is `{after}` where it is left out",
)
