"""Link added.

More is offered.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="link-added",
    direction=Direction.NONE,
    area=Area.LINKS,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="link",
    severity=Severity.INFO,
    text="the link `{name}` was added",
)
