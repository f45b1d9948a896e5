"""Response header became optional.

Clients were told that it is always there.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-header-became-optional",
    direction=Direction.RESPONSE,
    area=Area.HEADERS,
    kind=Kind.REQUIREDNESS,
    action=Action.WIDEN,
    subject="header-required",
    severity=Severity.ERROR,
    text="the header `{name}` may be missing",
)
