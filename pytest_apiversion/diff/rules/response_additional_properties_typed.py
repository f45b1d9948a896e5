"""Response additional properties typed.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-additional-properties-typed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.ADD,
    subject="additional-properties-schema",
    severity=Severity.INFO,
    text="other members of `{name}` must be `{after}`",
)
