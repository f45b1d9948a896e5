"""Request media type narrowed.

Bodies of the wider type are refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-media-type-narrowed",
    direction=Direction.REQUEST,
    area=Area.BODY,
    kind=Kind.TYPE,
    action=Action.NARROW,
    subject="media-type-name",
    severity=Severity.ERROR,
    text="the body is `{after}`, was `{before}`",
)
