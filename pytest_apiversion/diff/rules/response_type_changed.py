"""Response type changed.

Clients may meet values of a type they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-type-changed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.CHANGE,
    subject="type",
    severity=Severity.ERROR,
    text="`{name}` is `{after}`, was `{before}`",
)
