"""Response enum removed.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-enum-removed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.REMOVE,
    subject="enum",
    severity=Severity.WARNING,
    text="`{name}` is free, was one of `{before}`",
)
