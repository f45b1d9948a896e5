"""Response alternative added to an `anyOf`.

By the letter clients were never told of it, and yet how many APIs grow.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-any-of-alternative-added",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.ADD,
    subject="any-of-alternative",
    severity=Severity.WARNING,
    text="`{name}` may be `{after}`",
)
