"""Request format changed.

Values of the old format may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-format-changed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.CHANGE,
    subject="format",
    severity=Severity.ERROR,
    text="`{name}` has the format `{after}`, was `{before}`",
)
