"""Callback removed.

Clients wait for calls that do not come.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="callback-removed",
    direction=Direction.NONE,
    area=Area.CALLBACKS,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="callback",
    severity=Severity.ERROR,
    text="the callback `{name}` was removed",
)
