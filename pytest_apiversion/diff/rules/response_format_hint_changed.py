"""Response format hint changed.

The format is none that OpenAPI or JSON Schema defines, so that nothing follows from it.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-format-hint-changed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.CHANGE,
    subject="format-hint",
    severity=Severity.INFO,
    text="`{name}` carries the format `{after}`, was `{before}`",
)
