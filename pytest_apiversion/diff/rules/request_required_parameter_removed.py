"""Request required parameter removed.

Requests that have it are usually still accepted, but what it says is no longer heard.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-required-parameter-removed",
    direction=Direction.REQUEST,
    area=Area.PARAMETERS,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="required-parameter",
    severity=Severity.WARNING,
    text="`{name}`, which had to be there, was removed",
)
