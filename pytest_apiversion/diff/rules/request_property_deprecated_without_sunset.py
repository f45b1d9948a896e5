"""Request property deprecated without sunset.

The policy asks for a time of grace, which cannot be told without a date.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-deprecated-without-sunset",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.LIFECYCLE,
    action=Action.ADD,
    subject="property-deprecation-without-sunset",
    severity=Severity.ERROR,
    text="`{name}` is deprecated, and nobody says until when it is served",
)
