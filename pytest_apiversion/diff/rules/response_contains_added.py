"""Response contains added.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-contains-added",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.ADD,
    subject="contains",
    severity=Severity.INFO,
    text="items of `{name}`, one at least: held to `{after}`",
)
