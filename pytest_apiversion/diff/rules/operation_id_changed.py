"""Operation id changed.

Nothing changes on the wire, though generated clients may rename a method.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="operation-id-changed",
    direction=Direction.NONE,
    area=Area.PATHS,
    kind=Kind.VALUES,
    action=Action.CHANGE,
    subject="operation-id",
    severity=Severity.INFO,
    text="`{name}` has the operationId `{after}`, was `{before}`",
)
