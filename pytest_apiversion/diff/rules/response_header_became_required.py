"""Response header became required.

Every response is still one that clients were told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-header-became-required",
    direction=Direction.RESPONSE,
    area=Area.HEADERS,
    kind=Kind.REQUIREDNESS,
    action=Action.NARROW,
    subject="header-required",
    severity=Severity.INFO,
    text="the header `{name}` is always there",
)
