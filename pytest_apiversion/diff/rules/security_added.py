"""Security added.

Calls without credentials are refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="security-added",
    direction=Direction.NONE,
    area=Area.SECURITY,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="security",
    severity=Severity.ERROR,
    text="`{name}` asks for credentials: `{after}`",
)
