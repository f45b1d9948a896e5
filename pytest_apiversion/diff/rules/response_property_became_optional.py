"""Response property became optional.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-property-became-optional",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.REQUIREDNESS,
    action=Action.WIDEN,
    subject="required",
    severity=Severity.ERROR,
    text="`{name}` may be missing",
)
