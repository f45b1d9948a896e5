"""Request multiple of changed.

Multiples of the old number may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-multiple-of-changed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.CHANGE,
    subject="multiple-of",
    severity=Severity.ERROR,
    text="`{name}` must be a multiple of `{after}`, was `{before}`",
)
