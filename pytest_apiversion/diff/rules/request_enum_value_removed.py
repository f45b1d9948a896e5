"""Request enum value removed.

Requests that were valid may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-enum-value-removed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.REMOVE,
    subject="enum-value",
    severity=Severity.ERROR,
    text="`{name}` may no longer be `{before}`",
)
