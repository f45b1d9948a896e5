"""Request type changed.

Values of the old type may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-type-changed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.CHANGE,
    subject="type",
    severity=Severity.ERROR,
    text="`{name}` is `{after}`, was `{before}`",
)
