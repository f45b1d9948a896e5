"""Request parameter style changed.

The service reads the same text as another value.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-style-changed",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.TYPE,
    action=Action.CHANGE,
    subject="parameter-style",
    severity=Severity.ERROR,
    text="`{name}` is written as `{after}`, was `{before}`",
)
