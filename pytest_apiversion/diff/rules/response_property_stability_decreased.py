"""Response property stability decreased.

What was promised to stay no longer is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-property-stability-decreased",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.LIFECYCLE,
    action=Action.DECREASE,
    subject="property-stability",
    severity=Severity.ERROR,
    text="`{name}` is `{after}`, was `{before}`",
)
