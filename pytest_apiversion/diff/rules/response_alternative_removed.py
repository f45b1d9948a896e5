"""Response alternative removed.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-alternative-removed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.REMOVE,
    subject="alternative",
    severity=Severity.INFO,
    text="`{name}` may no longer be `{before}`",
)
