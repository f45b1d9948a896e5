"""Request required property became not read only.

Requests had to leave it out, and must now have it.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-required-property-became-not-read-only",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.MUTABILITY,
    action=Action.REMOVE,
    subject="required-read-only",
    severity=Severity.ERROR,
    text="`{name}` is no longer read-only, and must be there",
)
