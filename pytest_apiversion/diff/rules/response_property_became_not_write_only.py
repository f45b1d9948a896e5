"""Response property became not write only.

Clients ignore members they do not know.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-property-became-not-write-only",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.MUTABILITY,
    action=Action.REMOVE,
    subject="write-only",
    severity=Severity.INFO,
    text="`{name}` is no longer write-only",
)
