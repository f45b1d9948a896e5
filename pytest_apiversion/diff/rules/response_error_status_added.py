"""Response error status added.

Any request may fail; one more way is named.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-error-status-added",
    direction=Direction.RESPONSE,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="error-status",
    severity=Severity.INFO,
    text="the answer may be `{name}`",
)
