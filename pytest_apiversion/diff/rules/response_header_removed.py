"""Response header removed.

A client had to do without it sometimes, and now must always.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-header-removed",
    direction=Direction.RESPONSE,
    area=Area.HEADERS,
    kind=Kind.EXISTENCE,
    action=Action.REMOVE,
    subject="optional-header",
    severity=Severity.WARNING,
    text="the header `{name}` was removed",
)
