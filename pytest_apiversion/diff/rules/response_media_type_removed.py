"""Response media type removed.

A client that asks for that type no longer gets it.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-media-type-removed",
    direction=Direction.RESPONSE,
    area=Area.RESPONSES,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="media-type",
    severity=Severity.ERROR,
    text="the body may no longer be `{name}`",
)
