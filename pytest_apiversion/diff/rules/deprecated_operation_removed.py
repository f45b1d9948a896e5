"""Deprecated operation removed.

Clients were warned, but not told when.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="deprecated-operation-removed",
    direction=Direction.NONE,
    area=Area.PATHS,
    kind=Kind.LIFECYCLE,
    action=Action.REMOVE,
    subject="deprecated-operation",
    severity=Severity.WARNING,
    text="`{name}`, which was deprecated without a sunset, was removed",
)
