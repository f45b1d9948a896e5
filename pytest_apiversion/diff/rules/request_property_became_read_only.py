"""Request property became read only.

Requests should not have it; those that do are read without it.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-became-read-only",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.MUTABILITY,
    action=Action.ADD,
    subject="read-only",
    severity=Severity.INFO,
    text="`{name}` is read-only",
)
