"""Response required property removed.

Clients were told that it is always there.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-required-property-removed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="required-property",
    severity=Severity.ERROR,
    text="`{name}` was removed, and was always there",
)
