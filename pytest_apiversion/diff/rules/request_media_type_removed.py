"""Request media type removed.

Bodies of that type are refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-media-type-removed",
    direction=Direction.REQUEST,
    area=Area.BODY,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="media-type",
    severity=Severity.ERROR,
    text="the body may no longer be `{name}`",
)
