"""Request media type added.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-media-type-added",
    direction=Direction.REQUEST,
    area=Area.BODY,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="media-type",
    severity=Severity.INFO,
    text="the body may be `{name}`",
)
