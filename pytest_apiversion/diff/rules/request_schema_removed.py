"""Request schema removed.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-schema-removed",
    direction=Direction.REQUEST,
    area=Area.BODY,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="schema",
    severity=Severity.INFO,
    text="the body `{name}` is free, had a schema",
)
