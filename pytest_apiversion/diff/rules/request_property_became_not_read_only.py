"""Request property became not read only.

A request may have it.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-became-not-read-only",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.MUTABILITY,
    action=Action.REMOVE,
    subject="read-only",
    severity=Severity.INFO,
    text="`{name}` is no longer read-only",
)
