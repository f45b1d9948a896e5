"""Security alternative added.

Every call that was let in still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="security-alternative-added",
    direction=Direction.NONE,
    area=Area.SECURITY,
    kind=Kind.STRUCTURE,
    action=Action.ADD,
    subject="security-alternative",
    severity=Severity.INFO,
    text="`{name}` takes the credentials `{after}` too",
)
