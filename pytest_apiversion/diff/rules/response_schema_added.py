"""Response schema added.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-schema-added",
    direction=Direction.RESPONSE,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="schema",
    severity=Severity.INFO,
    text="the body `{name}` has a schema, was free",
)
