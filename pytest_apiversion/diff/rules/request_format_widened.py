"""Request format widened.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-format-widened",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.WIDEN,
    subject="format",
    severity=Severity.INFO,
    text="`{name}` has the format `{after}`, was `{before}`",
)
