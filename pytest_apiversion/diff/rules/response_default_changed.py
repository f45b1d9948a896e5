"""Response default changed.

What a missing value means is said differently.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-default-changed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.VALUES,
    action=Action.CHANGE,
    subject="default",
    severity=Severity.INFO,
    text="`{name}` is `{after}` where it is left out, was `{before}`",
)
