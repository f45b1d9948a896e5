"""Link removed.

Clients that follow it have to find their own way.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="link-removed",
    direction=Direction.NONE,
    area=Area.LINKS,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="link",
    severity=Severity.WARNING,
    text="the link `{name}` was removed",
)
