"""Request pattern property added.

Requests that were valid may now be refused.
"""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity

RULE = Rule(
    id="request-pattern-property-added",
    direction=Direction.REQUEST,
    area=Area.SCHEMA,
    kind=Kind.STRUCTURE,
    action=Action.ADD,
    subject="pattern-property",
    severity=Severity.ERROR,
    text="members of `{name}` whose names match: held to `{after}`",
)
