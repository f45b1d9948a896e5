"""Request property stability invalid.

Nobody can tell what is promised; known are draft, alpha, beta and stable.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-stability-invalid",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.LIFECYCLE,
    action=Action.CHANGE,
    subject="property-stability-level",
    severity=Severity.ERROR,
    text="`{name}` has no known stability: `{after}`, was `{before}`",
)
