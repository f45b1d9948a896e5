"""Callback added.

A client registers for it or does not.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="callback-added",
    direction=Direction.NONE,
    area=Area.CALLBACKS,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="callback",
    severity=Severity.INFO,
    text="the callback `{name}` was added",
)
