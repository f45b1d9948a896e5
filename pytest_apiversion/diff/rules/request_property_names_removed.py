"""Request property names removed.

Every request that was valid still is.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-property-names-removed",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.REMOVE,
    subject="property-names",
    severity=Severity.INFO,
    text="names of the members of `{name}`: no longer held to `{before}`",
)
