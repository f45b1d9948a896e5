"""Request encoding changed.

The service may read the part in another way.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-encoding-changed",
    direction=Direction.REQUEST,
    area=Area.BODY,
    kind=Kind.TYPE,
    action=Action.CHANGE,
    subject="encoding",
    severity=Severity.WARNING,
    text="the part `{name}` is written as `{after}`, was `{before}`",
)
