"""Response type narrowed.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-type-narrowed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.NARROW,
    subject="type",
    severity=Severity.INFO,
    text="`{name}` may only be `{after}`, was `{before}`",
)
