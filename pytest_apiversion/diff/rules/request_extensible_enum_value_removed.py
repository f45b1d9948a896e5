"""Request extensible enum value removed.

A value that clients send is gone from the list.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-extensible-enum-value-removed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.REMOVE,
    subject="extensible-enum-value",
    severity=Severity.ERROR,
    text="`{name}` may no longer be `{before}` (an open list)",
)
