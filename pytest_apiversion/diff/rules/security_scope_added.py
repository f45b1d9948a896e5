"""Security scope added.

Calls with a token that lacks it are refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="security-scope-added",
    direction=Direction.NONE,
    area=Area.SECURITY,
    kind=Kind.VALUES,
    action=Action.ADD,
    subject="security-scope",
    severity=Severity.ERROR,
    text="`{name}` asks for the scope `{after}` too",
)
