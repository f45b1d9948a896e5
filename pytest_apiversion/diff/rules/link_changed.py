"""Link changed.

Clients that follow it come to another place.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="link-changed",
    direction=Direction.NONE,
    area=Area.LINKS,
    kind=Kind.STRUCTURE,
    action=Action.CHANGE,
    subject="link",
    severity=Severity.WARNING,
    text="the link `{name}` leads to `{after}`, led to `{before}`",
)
