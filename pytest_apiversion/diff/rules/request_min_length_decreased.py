"""Request min length decreased.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-min-length-decreased",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.DECREASE,
    subject="min-length",
    severity=Severity.INFO,
    text="`{name}` has `{after}` as its least length, was `{before}`",
)
