"""Security scope removed.

Every call that was let in still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="security-scope-removed",
    direction=Direction.NONE,
    area=Area.SECURITY,
    kind=Kind.VALUES,
    action=Action.REMOVE,
    subject="security-scope",
    severity=Severity.INFO,
    text="`{name}` no longer asks for the scope `{before}`",
)
