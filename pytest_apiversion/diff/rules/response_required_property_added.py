"""Response required property added.

Clients ignore members they do not know.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-required-property-added",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="required-property",
    severity=Severity.INFO,
    text="`{name}` was added, and must be there",
)
