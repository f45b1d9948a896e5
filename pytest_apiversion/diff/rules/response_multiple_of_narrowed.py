"""Response multiple of narrowed.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-multiple-of-narrowed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.NARROW,
    subject="multiple-of",
    severity=Severity.INFO,
    text="`{name}` must be a multiple of `{after}`, was `{before}`",
)
