"""Request parameter sunset moved later.

Clients have more time than they were told.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-sunset-moved-later",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.LIFECYCLE,
    action=Action.INCREASE,
    subject="parameter-sunset",
    severity=Severity.INFO,
    text="`{name}` is served until `{after}`, was until `{before}`",
)
