"""Response required header removed.

Clients were told that it is always there.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-required-header-removed",
    direction=Direction.RESPONSE,
    area=Area.HEADERS,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="required-header",
    severity=Severity.ERROR,
    text="the header `{name}` was removed, and was always there",
)
