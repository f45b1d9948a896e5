"""Request not changed.

Requests that were valid may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-not-changed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.CHANGE,
    subject="not",
    severity=Severity.ERROR,
    text="`{name}`, what it must not be: `{after}`, was `{before}`",
)
