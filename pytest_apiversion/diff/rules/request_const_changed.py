"""Request const changed.

The only value that was valid no longer is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-const-changed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.CHANGE,
    subject="const",
    severity=Severity.ERROR,
    text="`{name}` must be `{after}`, was `{before}`",
)
