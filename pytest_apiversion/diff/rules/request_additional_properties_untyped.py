"""Request additional properties untyped.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-additional-properties-untyped",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.CONSTRAINTS,
    action=Action.REMOVE,
    subject="additional-properties-schema",
    severity=Severity.INFO,
    text="other members of `{name}` may be anything, were `{before}`",
)
