"""Response media type added.

A client that asks for a type it knows still gets it.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-media-type-added",
    direction=Direction.RESPONSE,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="media-type",
    severity=Severity.INFO,
    text="the body may be `{name}`",
)
