"""Response property names removed.

Clients may meet responses they were never told of.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="response-property-names-removed",
    direction=Direction.RESPONSE,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.REMOVE,
    subject="property-names",
    severity=Severity.ERROR,
    text="names of the members of `{name}`: no longer held to `{before}`",
)
