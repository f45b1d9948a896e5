"""Response minimum decreased.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-minimum-decreased",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.DECREASE,
    subject="minimum",
    severity=Severity.ERROR,
    text="`{name}` has `{after}` as its least value, was `{before}`",
)
