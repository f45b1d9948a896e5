"""Response media type narrowed.

A special case of what clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-media-type-narrowed",
    direction=Direction.RESPONSE,
    area=Area.RESPONSES,
    kind=Kind.TYPE,
    action=Action.NARROW,
    subject="media-type-name",
    severity=Severity.INFO,
    text="the body is `{after}`, was `{before}`",
)
