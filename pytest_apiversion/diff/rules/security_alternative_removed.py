"""Security alternative removed.

Calls with those credentials are refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="security-alternative-removed",
    direction=Direction.NONE,
    area=Area.SECURITY,
    kind=Kind.STRUCTURE,
    action=Action.REMOVE,
    subject="security-alternative",
    severity=Severity.ERROR,
    text="`{name}` no longer takes the credentials `{before}`",
)
