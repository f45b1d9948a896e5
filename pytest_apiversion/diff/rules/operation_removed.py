"""Operation removed.

Calls of it fail.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="operation-removed",
    direction=Direction.NONE,
    area=Area.PATHS,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="operation",
    severity=Severity.ERROR,
    text="`{name}` was removed",
)
