"""Request body removed.

What the body says is no longer heard.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-body-removed",
    direction=Direction.REQUEST,
    area=Area.BODY,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="optional-body",
    severity=Severity.ERROR,
    text="the request has no body",
)
