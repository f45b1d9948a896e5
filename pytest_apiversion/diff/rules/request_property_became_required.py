"""Request property became required.

Requests that were valid may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-became-required",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.REQUIREDNESS,
    action=Action.NARROW,
    subject="required",
    severity=Severity.ERROR,
    text="`{name}` must be there",
)
