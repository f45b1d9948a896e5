"""Response pattern changed.

Whether one pattern holds all the other holds cannot be decided in general; the witness shows it where one is found.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-pattern-changed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.CHANGE,
    subject="pattern",
    severity=Severity.WARNING,
    text="`{name}` must match `{after}`, was `{before}`",
)
