"""Server path changed.

Calls to the old address fail, unless it is still served.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="server-path-changed",
    direction=Direction.NONE,
    area=Area.SERVERS,
    kind=Kind.VALUES,
    action=Action.CHANGE,
    subject="server-path",
    severity=Severity.WARNING,
    text="paths stand below `{after}`, stood below `{before}`",
)
