"""Response content encoding changed.

Clients read the text in another way.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-content-encoding-changed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.TYPE,
    action=Action.CHANGE,
    subject="content-encoding",
    severity=Severity.ERROR,
    text="the text of `{name}` is encoded as `{after}`, was `{before}`",
)
