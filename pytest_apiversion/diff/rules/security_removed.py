"""Security removed.

Every call that was let in still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="security-removed",
    direction=Direction.NONE,
    area=Area.SECURITY,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="security",
    severity=Severity.INFO,
    text="`{name}` asks for no credentials, asked for `{before}`",
)
