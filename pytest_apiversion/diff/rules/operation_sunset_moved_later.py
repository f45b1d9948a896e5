"""Operation sunset moved later.

Clients have more time than they were told.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="operation-sunset-moved-later",
    direction=Direction.NONE,
    area=Area.PATHS,
    kind=Kind.LIFECYCLE,
    action=Action.INCREASE,
    subject="operation-sunset",
    severity=Severity.INFO,
    text="`{name}` is served until `{after}`, was until `{before}`",
)
