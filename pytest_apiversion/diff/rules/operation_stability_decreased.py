"""Operation stability decreased.

What was promised to stay no longer is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="operation-stability-decreased",
    direction=Direction.NONE,
    area=Area.PATHS,
    kind=Kind.LIFECYCLE,
    action=Action.DECREASE,
    subject="operation-stability",
    severity=Severity.ERROR,
    text="`{name}` is `{after}`, was `{before}`",
)
