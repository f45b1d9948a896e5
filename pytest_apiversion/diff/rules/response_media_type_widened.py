"""Response media type widened.

Clients may meet bodies of a type they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-media-type-widened",
    direction=Direction.RESPONSE,
    area=Area.RESPONSES,
    kind=Kind.TYPE,
    action=Action.WIDEN,
    subject="media-type-name",
    severity=Severity.ERROR,
    text="the body is `{after}`, was `{before}`",
)
