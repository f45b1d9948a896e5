"""Response property became required.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-property-became-required",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.REQUIREDNESS,
    action=Action.NARROW,
    subject="required",
    severity=Severity.INFO,
    text="`{name}` must be there",
)
