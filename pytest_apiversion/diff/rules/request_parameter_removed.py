"""Request parameter removed.

Requests that have it are usually still accepted, but what it says is no longer heard.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-parameter-removed",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="optional-parameter",
    severity=Severity.WARNING,
    text="`{name}` was removed",
)
