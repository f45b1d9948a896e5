"""Request content media type changed.

The service reads the text in another way.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-content-media-type-changed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.CHANGE,
    subject="content-media-type",
    severity=Severity.ERROR,
    text="the text of `{name}` is `{after}`, was `{before}`",
)
