"""Request media type widened.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-media-type-widened",
    direction=Direction.REQUEST,
    area=Area.BODY,
    kind=Kind.TYPE,
    action=Action.WIDEN,
    subject="media-type-name",
    severity=Severity.INFO,
    text="the body is `{after}`, was `{before}`",
)
