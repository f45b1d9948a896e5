"""Operation tags changed.

Nothing changes on the wire.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="operation-tags-changed",
    direction=Direction.NONE,
    area=Area.PATHS,
    kind=Kind.VALUES,
    action=Action.CHANGE,
    subject="operation-tags",
    severity=Severity.INFO,
    text="`{name}` has the tags `{after}`, was `{before}`",
)
