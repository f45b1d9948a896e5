"""Request body became optional.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-body-became-optional",
    direction=Direction.REQUEST,
    area=Area.BODY,
    kind=Kind.REQUIREDNESS,
    action=Action.WIDEN,
    subject="body-required",
    severity=Severity.INFO,
    text="the request may go without a body",
)
