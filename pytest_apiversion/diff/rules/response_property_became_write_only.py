"""Response property became write only.

OpenAPI says that responses should then be without it, not that they must.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-property-became-write-only",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.MUTABILITY,
    action=Action.ADD,
    subject="write-only",
    severity=Severity.WARNING,
    text="`{name}` is write-only",
)
