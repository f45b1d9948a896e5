"""Request condition changed.

Requests that were valid may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-condition-changed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.CHANGE,
    subject="condition",
    severity=Severity.ERROR,
    text="`{name}` under a condition: `{after}`, was `{before}`",
)
