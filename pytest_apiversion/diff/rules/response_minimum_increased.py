"""Response minimum increased.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-minimum-increased",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.INCREASE,
    subject="minimum",
    severity=Severity.INFO,
    text="`{name}` has `{after}` as its least value, was `{before}`",
)
