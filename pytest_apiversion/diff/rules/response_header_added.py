"""Response header added.

Clients ignore headers they do not know.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-header-added",
    direction=Direction.RESPONSE,
    area=Area.HEADERS,
    kind=Kind.EXISTENCE,
    action=Action.ADD,
    subject="optional-header",
    severity=Severity.INFO,
    text="the header `{name}` was added",
)
