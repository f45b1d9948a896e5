"""Operation added.

Nobody has to call it.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="operation-added",
    direction=Direction.NONE,
    area=Area.PATHS,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="operation",
    severity=Severity.INFO,
    text="`{name}` was added",
)
