"""Request unstable property removed.

It was never promised to stay.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-unstable-property-removed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.LIFECYCLE,
    action=Action.REMOVE,
    subject="unstable-property",
    severity=Severity.INFO,
    text="`{name}`, which was `{before}`, was removed",
)
