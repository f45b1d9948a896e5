"""Response type widened.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-type-widened",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.WIDEN,
    subject="type",
    severity=Severity.ERROR,
    text="`{name}` may be `{after}`, was `{before}`",
)
