"""Response format changed.

Clients may meet values of a format they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-format-changed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.CHANGE,
    subject="format",
    severity=Severity.ERROR,
    text="`{name}` has the format `{after}`, was `{before}`",
)
