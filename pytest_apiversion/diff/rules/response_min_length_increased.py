"""Response min length increased.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-min-length-increased",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.INCREASE,
    subject="min-length",
    severity=Severity.INFO,
    text="`{name}` has `{after}` as its least length, was `{before}`",
)
