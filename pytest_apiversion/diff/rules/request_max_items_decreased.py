"""Request max items decreased.

Requests that were valid may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-max-items-decreased",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.DECREASE,
    subject="max-items",
    severity=Severity.ERROR,
    text="`{name}` has `{after}` as its greatest number of items, was `{before}`",
)
