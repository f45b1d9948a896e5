"""Request max length increased.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-max-length-increased",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.INCREASE,
    subject="max-length",
    severity=Severity.INFO,
    text="`{name}` has `{after}` as its greatest length, was `{before}`",
)
