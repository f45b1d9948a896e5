"""Response content schema added.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-content-schema-added",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.ADD,
    subject="content-schema",
    severity=Severity.INFO,
    text="the text of `{name}`: held to `{after}`",
)
