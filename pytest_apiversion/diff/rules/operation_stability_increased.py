"""Operation stability increased.

More is promised.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="operation-stability-increased",
    direction=Direction.NONE,
    area=Area.PATHS,
    kind=Kind.LIFECYCLE,
    action=Action.INCREASE,
    subject="operation-stability",
    severity=Severity.INFO,
    text="`{name}` is `{after}`, was `{before}`",
)
