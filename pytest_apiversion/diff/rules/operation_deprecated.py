"""Operation deprecated.

A word to clients, who lose nothing yet.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="operation-deprecated",
    direction=Direction.NONE,
    area=Area.PATHS,
    kind=Kind.LIFECYCLE,
    action=Action.ADD,
    subject="operation-deprecation",
    severity=Severity.INFO,
    text="`{name}` is deprecated",
)
