"""Request unstable parameter removed.

It was never promised to stay.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-unstable-parameter-removed",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.LIFECYCLE,
    action=Action.REMOVE,
    subject="unstable-parameter",
    severity=Severity.INFO,
    text="`{name}`, which was `{before}`, was removed",
)
