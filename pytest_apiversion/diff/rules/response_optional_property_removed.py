"""Response optional property removed.

A client had to do without it sometimes, and now must always.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-optional-property-removed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="optional-property",
    severity=Severity.WARNING,
    text="`{name}` was removed",
)
